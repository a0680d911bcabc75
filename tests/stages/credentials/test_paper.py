"""The certificate as a file: what can be read from it, searched in it and taken out of it."""

from __future__ import annotations

import io
import json
import socket
from dataclasses import replace

import pypdf
import pytest

from karvan.foundation.ui.sheets import MissingGlyphs
from karvan.stages.credentials import signing
from karvan.stages.credentials.paper import Signatory, render_certificate
from karvan.stages.credentials.paper.certificate import verify_code
from tests.stages.credentials.certificates import (
    ARABIC,
    CREDENTIAL,
    ENGLISH,
    KEY,
    TEXTS,
    certificate,
)
from tests.stages.credentials.documents import LATER


def read(**options) -> pypdf.PdfReader:
    languages = options.pop("languages", ("en", "ar"))
    return pypdf.PdfReader(
        io.BytesIO(render_certificate(certificate(**options), languages=languages))
    )


def words(reader: pypdf.PdfReader) -> str:
    return reader.pages[0].extract_text()


def fonts(reader: pypdf.PdfReader) -> dict[str, bool]:
    """Each font's name, without its subset prefix, and whether its outlines are in the file."""
    found = {}
    for font in reader.pages[0]["/Resources"]["/Font"].values():
        drawn = font.get_object()["/DescendantFonts"][0].get_object()
        files = drawn["/FontDescriptor"].get_object().keys()
        name = drawn["/BaseFont"].split("+")[-1].lstrip("/")
        found[name] = any(key.startswith("/FontFile") for key in files)
    return found


def large_runs(reader: pypdf.PdfReader) -> tuple[list[float], list[float]]:
    """Where headings and names begin, in points from the left: Latin ones, then Arabic ones."""
    page, current = reader.pages[0], [None, 0.0]
    named = {key: font["/BaseFont"] for key, font in page["/Resources"]["/Font"].items()}
    found: dict[bool, list[float]] = {False: [], True: []}

    def note(operator, operands, matrix, _line):
        if operator == b"Tf":
            current[:] = [named[operands[0]], float(operands[1])]
        if operator in (b"Tj", b"TJ") and current[1] > 20:
            found["Amiri" in current[0]].append(matrix[4])

    page.extract_text(visitor_operand_before=note)
    return found[False], found[True]


def languages_in(reader: pypdf.PdfReader) -> set[str]:
    """Every language the structure tree or the document names."""
    seen, todo = (
        {str(reader.trailer["/Root"]["/Lang"])},
        [reader.trailer["/Root"]["/StructTreeRoot"]],
    )
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            if "/Lang" in node:
                seen.add(str(node["/Lang"]))
            if "/K" in node:
                todo.append(node["/K"])
    return {language.split("-")[0] for language in seen}


def test_names_dates_and_number_can_be_searched_in_both_scripts():
    text = words(read())

    for said in (ENGLISH.name, ENGLISH.achievement, ENGLISH.issued, "KV-7Q2M-19"):
        assert said in text
    for word in f"{ARABIC.name} {ARABIC.heading} {ARABIC.achievement}".split():
        assert word in text


@pytest.mark.parametrize("pair", [("en", "ar"), ("az", "ar"), ("fr", "ar"), ("az", "fr"), ("ar",)])
def test_any_one_or_two_languages_fill_one_page(pair):
    reader = read(languages=pair)
    text = words(reader)

    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/Lang"].split("-")[0] == pair[0]
    assert languages_in(reader) >= set(pair)
    for language in pair:
        assert all(word in text for word in TEXTS[language].name.split())


def test_arabic_stands_on_the_right_whichever_language_comes_first():
    for order in (("en", "ar"), ("ar", "en")):
        latin, arabic = large_runs(read(languages=order))

        assert max(latin) < 420 < min(arabic)


def test_fonts_are_ours_and_inside_the_file():
    assert fonts(read()) == {
        "LibertinusSerif-Regular": True,
        "LibertinusSerif-Bold": True,
        "Amiri-Regular": True,
        "Amiri-Bold": True,
    }


def test_credential_inside_is_the_one_published_and_verifies():
    attached = read().attachments["credential.json"][0]
    did = signing.did_document("karvan.example", [KEY.public])
    listed = signing.status_list_credential(
        signing.bits_of([]), url="https://karvan.example/status/1", key=KEY, created=LATER
    )

    found = signing.verify(
        json.loads(attached),
        resolve_key=signing.key_resolver(did),
        status_list=lambda _: listed,
        now=LATER,
    )

    assert attached == CREDENTIAL
    assert found.valid


def test_file_says_it_is_tagged_archival_and_accessible():
    reader = read()
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()

    assert "<pdfuaid:part>1<" in metadata
    assert "<pdfaid:part>3<" in metadata
    assert "<pdfaid:conformance>A<" in metadata
    assert reader.metadata.title == "Certificate of completion: Sevinc Əliyeva"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True


def test_equal_certificates_give_equal_bytes_and_others_do_not():
    once, again = (render_certificate(certificate(), languages=("en", "ar")) for _ in range(2))
    other = render_certificate(certificate(number="KV-7Q2M-20"), languages=("en", "ar"))

    assert once == again
    assert once != other


def test_no_network_is_touched(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    assert len(read().pages) == 1


def test_text_that_looks_like_markup_is_only_text():
    name = '#panic("x") *Əli* $a$ <b>'

    assert name in words(read(name=name))


def test_very_long_name_stays_on_its_line_and_page():
    name = "Abdulmuttalib Məhəmmədhüseyn Şıxəliyev-Xəlilzadə Nəcəfqulu oğlu al-Bağdadi"
    reader = read(name=name)

    assert len(reader.pages) == 1
    assert name in words(reader)


def test_one_signatory_has_a_foot_of_its_own():
    one = {
        language: replace(text, signatories=text.signatories[:1])
        for language, text in TEXTS.items()
    }
    text = words(read(texts=one))

    assert "Nərgiz Quliyeva" in text
    assert "Tural" not in text


def test_name_no_font_can_show_is_refused_with_its_characters():
    with pytest.raises(MissingGlyphs) as refused:
        read(name="Sevinc 春")

    assert refused.value.characters == ("春",)


@pytest.mark.parametrize("languages", [(), ("en", "en"), ("en", "ar", "fr"), ("tr",)])
def test_languages_that_cannot_be_set_are_refused(languages):
    with pytest.raises(ValueError, match="languages"):
        read(languages=languages)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: replace(ENGLISH, name=" "),
        lambda: replace(ENGLISH, issuers=()),
        lambda: replace(ENGLISH, issuers=("One", "Two", "Three", "Four")),
        lambda: replace(ENGLISH, signatories=()),
        lambda: replace(ENGLISH, signatories=(Signatory("A", "B"),) * 3),
        lambda: certificate(verify_url="http://karvan.example/v/1"),
        lambda: certificate(texts={"tr": ENGLISH}),
        lambda: certificate(
            texts={"en": ENGLISH, "ar": replace(ARABIC, signatories=ARABIC.signatories[:1])}
        ),
        lambda: read(issued_at=certificate().issued_at.replace(tzinfo=None)),
    ],
)
def test_values_check_themselves(wrong):
    with pytest.raises(ValueError):
        wrong()


def test_code_is_vector_and_changes_with_the_address():
    one, other = (
        verify_code("https://karvan.example/v/1"),
        verify_code("https://karvan.example/v/2"),
    )

    assert one.startswith("<svg")
    assert one != other
