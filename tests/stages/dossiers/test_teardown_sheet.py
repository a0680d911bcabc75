"""The teardown on paper, with its photographs and the marks on them."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from pypdf import PdfReader

from karvan.stages.dossiers.services.annotating import MarkSaid, annotate_photo
from karvan.stages.dossiers.services.photos import add_photo
from tests.foundation.files import samples
from tests.make.dossiers import dossier, member, teardown_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench():
    made = dossier(state="teardown", title="Oximeter")
    step = teardown_step(
        made,
        title="Lift the board",
        lines=[{"bullet": "red", "level": 0, "text": "Loosen the screw"}],
        fasteners=[{"type": "M3 screw", "count": 2, "move": "out"}],
        tools=["PH0"],
    )
    photo = add_photo(
        step, upload=ContentFile(samples.picture("JPEG", (800, 600)), "a.jpg"), by=None
    )
    annotate_photo(photo, marks=[MarkSaid("box", 0.1, 0.1, 0.5, 0.5, label="Screw S1")], by=None)
    return made


def paper(client, bench, language):
    where = reverse("dossiers:teardown_paper", args=[bench.activity.edition.slug, bench.pk])
    return client.get(where.replace("/en/", f"/{language}/"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_paper_has_the_steps_and_the_photograph_itself(client, bench, language):
    client.force_login(member(bench).enrolment.person)

    answer = paper(client, bench, language)

    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    text = " ".join(page.extract_text() for page in reader.pages)
    text = text.replace("\n", " ").replace(" ]", "]")  # between two directions
    for words in ("Lift the board", "[1]", "Loosen the screw", "Screw S1", "M3 screw", "PH0"):
        assert words in text, words
    sizes = [image.image.size for page in reader.pages for image in page.images]
    assert (800, 600) in sizes


def test_a_teardown_without_steps_is_a_paper_too(client):
    bench = dossier()
    client.force_login(member(bench).enrolment.person)

    assert paper(client, bench, "en").content.startswith(b"%PDF")
