"""Accepted papers become proceedings: texts, pages, a frozen number, what libraries read."""

from __future__ import annotations

import hashlib
import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from lxml import etree
from pypdf import PdfReader

from karvan.foundation.errors import RuleBroken
from karvan.foundation.files.services import open_file
from karvan.foundation.records.models import Record
from karvan.stages.convening import proceedings_triggers
from karvan.stages.convening.errors import NotGiven, NotOfThisSession, WrongState
from karvan.stages.convening.models import Paper, Proceedings, Symposium
from karvan.stages.convening.services import proceedings_papers as papers
from karvan.stages.convening.services.proceedings_releasing import (
    missing_for_release,
    release_proceedings,
)
from karvan.stages.dossiers.snapshots import canonical
from tests import make
from tests.stages.convening.paper_files import pdf_upload

pytestmark = pytest.mark.django_db


def described() -> Symposium:
    symposium = make.symposium()
    return papers.describe_proceedings(
        symposium,
        publisher="University of Agadir",
        isbn="978-0-306-40615-7",
        issn="2049-3630",
        doi_prefix="10.12345/agadir",
        licence="cc-by-4.0",
        by=None,
    )


def accepted(symposium: Symposium, pages: int = 0, **said) -> Paper:
    said.setdefault("state", "talk")
    made = make.paper(symposium, **said)
    if pages:
        papers.take_full_text(made, upload=pdf_upload(pages), by=None)
    return Paper.objects.get(pk=made.pk)


def laid_out(*counts: int) -> tuple[Symposium, list[Paper]]:
    symposium = described()
    made = [accepted(symposium, count) for count in counts]
    papers.lay_out_pages(symposium, order=[one.pk for one in made], by=None)
    return symposium, [Paper.objects.get(pk=one.pk) for one in made]


def test_numbers_and_licence_are_checked():
    symposium = described()

    assert symposium.licence == "CC-BY-4.0"
    for wrong, words in (({"isbn": "978-0-306-40615-8"}, "would be 7"), ({"issn": "1"}, "no ISSN")):
        with pytest.raises(NotGiven, match=words):
            papers.describe_proceedings(symposium, licence="CC-BY-4.0", by=None, **wrong)
    with pytest.raises(RuleBroken):
        papers.describe_proceedings(symposium, licence="Free for all", by=None)
    symposium.refresh_from_db()
    assert symposium.isbn == "978-0-306-40615-7"


def test_a_full_text_is_a_pdf_of_an_accepted_paper():
    symposium = described()

    with pytest.raises(WrongState, match="Submitted"):
        papers.take_full_text(make.paper(symposium), upload=pdf_upload(2), by=None)
    with pytest.raises(RuleBroken, match="Here we take: PDF"):
        papers.take_full_text(
            accepted(symposium), upload=SimpleUploadedFile("p.docx", b"PK\x03\x04"), by=None
        )
    assert papers.pages_in(accepted(symposium, 3).full_text) == 3


def test_pages_follow_one_after_the_other_in_the_order_given():
    symposium = described()
    first, second = accepted(symposium, 4), accepted(symposium, 6)

    last = papers.lay_out_pages(symposium, order=[second.pk, first.pk], first_page=11, by=None)

    rows = {one.pk: (one.page_from, one.page_to) for one in symposium.papers.all()}
    assert (last, rows) == (20, {second.pk: (11, 16), first.pk: (17, 20)})
    with pytest.raises(NotGiven, match="each once"):
        papers.lay_out_pages(symposium, order=[first.pk], by=None)
    with pytest.raises(NotOfThisSession):
        papers.lay_out_pages(symposium, order=[first.pk, second.pk, 999_999], by=None)


def test_pages_that_overlap_are_refused_and_a_longer_text_loses_its_pages():
    _symposium, (first, second) = laid_out(4, 6)

    with pytest.raises(NotGiven, match="Pages 3 to 8 overlap"):
        papers.say_first_page(second, page_from=3, by=None)
    moved = papers.say_first_page(second, page_from=21, by=None)
    assert (moved.page_from, moved.page_to) == (21, 26)
    longer = papers.take_full_text(first, upload=pdf_upload(5), by=None)
    assert longer.page_from is None


def test_what_is_missing_is_all_told_at_once():
    symposium = make.symposium()
    accepted(symposium, 2)
    nameless = accepted(symposium, 2, authors=[])
    Paper.objects.filter(symposium=symposium).update(page_from=1, page_to=2)
    Paper.objects.filter(pk=nameless.pk).update(page_from=2, page_to=5)

    missing = missing_for_release(symposium)

    assert [any(words in one for one in missing) for words in ("publisher", "no author", "overlap", "not those of its text")] == [True] * 4  # fmt: skip
    with pytest.raises(NotGiven, match="publisher"):
        release_proceedings(symposium, by=None)
    assert not Proceedings.objects.exists()


def test_they_go_out_frozen_with_hash_dois_and_a_volume():
    symposium, made = laid_out(4, 6)
    make.paper(symposium, state="rejected")
    accepted(symposium)  # without a text: not in the volume

    out = release_proceedings(symposium, by=make.officer())

    assert [one["doi"] for one in out.snapshot["papers"]] == [
        "10.12345/agadir.1",
        "10.12345/agadir.2",
    ]
    assert out.sha256 == hashlib.sha256(canonical(out.snapshot)).hexdigest()
    assert "@" not in canonical(out.snapshot).decode()
    with open_file(out.pdf) as kept:
        reader = PdfReader(io.BytesIO(kept.read()))
    front = len(reader.pages) - 10
    assert front >= 2
    assert reader.page_labels[0] == "i" and reader.page_labels[front] == "1"
    assert reader.pages[front + 4].extract_text().strip() == "5"  # the second paper's first page
    assert [one.title for one in reader.outline] == ["Paper 1", "Paper 2"]
    contents = "".join(page.extract_text() for page in reader.pages[:front])
    assert "Aysel Karimli" in contents and "5–10" in contents
    assert Record.objects.filter(act="proceedings released").count() == 1
    assert made[0].doi == ""  # the row read before the release


def test_errata_are_a_new_number_with_a_note_and_the_old_one_stays():
    symposium, (first, _second) = laid_out(2, 3)
    out = release_proceedings(symposium, by=None)

    with pytest.raises(NotGiven, match="Say what changed since number 1"):
        release_proceedings(symposium, by=None)
    with pytest.raises(NotGiven, match="Nothing has changed"):
        release_proceedings(symposium, note="The same", by=None)
    first.refresh_from_db()
    first.titles = make.texts("A corrected title")
    first.save()
    second = release_proceedings(symposium, note="A title corrected", by=None)

    assert (second.number, second.note) == (2, "A title corrected")
    out.refresh_from_db()
    assert out.snapshot["papers"][0]["titles"]["en"] == "Paper 1"


def test_the_database_refuses_to_change_what_went_out():
    symposium, _papers = laid_out(2)
    out = release_proceedings(symposium, by=None)
    proceedings_triggers.install(connection)
    try:
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            Proceedings.objects.filter(pk=out.pk).update(sha256="0" * 64)
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            Proceedings.objects.filter(pk=out.pk).delete()
    finally:
        proceedings_triggers.remove(connection)


def test_anybody_reads_the_page_the_papers_and_what_libraries_read(client: Client):
    symposium = described()
    paper = accepted(
        symposium,
        2,
        titles={"en": "Water & light: 100 % reuse", "ar": "الماء والضوء"},
        keywords=["water", "smart city"],
        abstract="A form feed\x0c and a < sign.",
    )
    author = paper.authors.first()
    author.orcid, author.email = "0000-0002-1825-0097", "aysel@example.org"
    author.save()
    papers.lay_out_pages(symposium, order=[paper.pk], by=None)
    out = release_proceedings(symposium, by=None)
    at = f"/en/proceedings/{out.code}/"

    page = client.get(at)
    assert "Aysel Karimli" in page.content.decode() and len(page.content) < 100_000
    assert "aysel@example.org" not in page.content.decode()

    bib = client.get(f"{at}papers.bib").content.decode()
    assert bib.count("@inproceedings{") == 1 and bib.count("@proceedings{") == 1
    assert r"Water \& light: 100 \% reuse" in bib and "pages = {1--2}" in bib
    assert bib.count("{") == bib.count("}")

    tree = etree.fromstring(client.get(f"{at}papers.xml").content)
    metas = tree.findall("article/front/article-meta")
    assert len(metas) == 1
    meta = metas[0]
    assert meta.findtext("article-id[@pub-id-type='doi']") == "10.12345/agadir.1"
    assert meta.findtext("title-group/article-title") == "Water & light: 100 % reuse"
    assert meta.findtext("title-group/trans-title-group/trans-title") == "الماء والضوء"
    assert [one.text for one in meta.findall("contrib-group/contrib/string-name")] == ["Aysel Karimli", "Youssef Amrani"]  # fmt: skip
    assert (meta.findtext("fpage"), meta.findtext("lpage")) == ("1", "2")

    assert hashlib.sha256(client.get(f"{at}proceedings.json").content).hexdigest() == out.sha256
    given = b"".join(client.get(f"{at}papers/1.pdf").streaming_content)
    with pikepdf.open(io.BytesIO(given)) as pdf:
        assert len(pdf.pages) == 2
    assert client.get(f"{at}papers/9.pdf").status_code == 404
    assert client.get("/en/proceedings/nothing/").status_code == 404


def test_an_author_uploads_and_a_stranger_sees_nothing(client: Client):
    symposium = described()
    paper = accepted(symposium)
    writer = make.person()
    paper.authors.filter(position=2).update(person=writer)
    address = f"/en/papers/{paper.pk}/"

    client.force_login(writer)
    refused = client.post(address, {"upload": SimpleUploadedFile("a.pdf", b"no")})
    assert (refused.status_code, Paper.objects.get(pk=paper.pk).full_text) == (422, None)
    assert client.post(address, {"upload": pdf_upload(3)}).status_code == 302
    assert Paper.objects.get(pk=paper.pk).full_text.uploaded_by == writer
    assert "Paper 1" in client.get("/en/papers/").content.decode()
    client.force_login(make.person())
    assert client.get(address).status_code == 404
    assert client.get(f"{address}full-text.pdf").status_code == 404
