"""Who may open the screens of proceedings and recommendations."""

from __future__ import annotations

from karvan.stages.convening.models import Author, Paper, Recommendation
from karvan.stages.convening.services.proceedings_papers import (
    describe_proceedings,
    lay_out_pages,
    take_full_text,
)
from karvan.stages.convening.services.proceedings_releasing import release_proceedings
from tests import make
from tests.stages.convening.paper_files import pdf_upload

from .route import READERS, RUNNERS, SIGNED_IN, only, public

VISITORS = ("participant", "trainer", "mentor", "partner", *READERS)


def symposium(world):
    activity = world.symposium.activity
    return {"edition": activity.edition.slug, "code": activity.code}


def written(world):
    found = world.symposium.papers.first()
    if found is None:
        found = make.paper(world.symposium, state="talk")
        Author.objects.filter(paper=found, position=1).update(person=world.people["participant"])
        take_full_text(found, upload=pdf_upload(2), by=None)
    return Paper.objects.get(pk=found.pk)


def paper(world):
    return {"pk": written(world).pk}


def placed(world):
    return {**symposium(world), **paper(world)}


def recommendation(world):
    made, _new = Recommendation.objects.get_or_create(
        symposium=world.symposium, number=1, defaults={"texts": {"en": "Measure"}}
    )
    return {**symposium(world), "number": made.number}


def out(world):
    found = world.symposium.proceedings.first()
    if found is None:
        one = written(world)
        describe_proceedings(world.symposium, publisher="Press", licence="CC-BY-4.0", by=None)
        lay_out_pages(world.symposium, order=[one.pk], by=None)
        found = release_proceedings(world.symposium, by=None)
    return {"code": found.code}


def first(world):
    return {**out(world), "number": written(world).number}


ROUTES = {
    "convening:own_papers": only(SIGNED_IN),
    "convening:full_text": only(("participant", *READERS), arguments=paper),
    "convening:full_text_file": only(("participant", *READERS), arguments=paper),
    "convening:proceedings": only(READERS, arguments=symposium),
    "convening:proceedings_details": only(RUNNERS, method="post", arguments=symposium),
    "convening:proceedings_pages": only(RUNNERS, method="post", arguments=symposium),
    "convening:proceedings_first_page": only(RUNNERS, method="post", arguments=placed),
    "convening:proceedings_release": only(RUNNERS, method="post", arguments=symposium),
    "convening:recommendations": only(VISITORS, arguments=symposium),
    "convening:recommendation_write": only(RUNNERS, method="post", arguments=symposium),
    "convening:recommendations_adopt": only(RUNNERS, method="post", arguments=symposium),
    "convening:recommendation_change": only(RUNNERS, method="post", arguments=recommendation),
    "convening:recommendation_follow": only(RUNNERS, method="post", arguments=recommendation),
    "convening:recommendation_aside": only(RUNNERS, method="post", arguments=recommendation),
    "convening:proceedings_public": public(arguments=out),
    "convening:proceedings_volume": public(arguments=out),
    "convening:proceedings_paper": public(arguments=first),
    "convening:proceedings_bibtex": public(arguments=out),
    "convening:proceedings_jats": public(arguments=out),
    "convening:proceedings_json": public(arguments=out),
}
