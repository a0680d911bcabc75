"""Who may open the screens of condition surveys."""

from __future__ import annotations

from karvan.stages.heritage.services.surveys_parts import note_damage
from tests import make
from tests.foundation.files import samples

from .route import READERS, only

# The world's coordinator runs an edition, not a register: he or she reads what its course learns on.
LEARNERS = ("participant", "trainer", *READERS)
ANYWHERE = (*LEARNERS, "neighbour")
SURVEYORS = ("trainer", "officer", "administrator")
KEEPERS = ("officer", "administrator")


def monument(world):
    return {"register": world.restoration.monument.register.code, "pk": world.monument.pk}


def draft(world):
    found = world.monument.surveys.filter(state="draft").first()
    found = found or make.survey(world.restoration.monument, state="draft")
    return {**monument(world), "survey": found.pk}


def signed(world):
    return {**monument(world), "survey": make.survey(world.restoration.monument).pk}


def damage(world):
    survey = make.survey(world.restoration.monument, state="draft")
    upload = samples.upload("wall.png", samples.picture("PNG"))
    made = note_damage(survey, pattern=make.term(), photo=upload, by=None)
    return {**monument(world), "survey": survey.pk, "part": made.pk}


def part(world):
    return {**damage(world), "kind": "damage"}


ROUTES = {
    "heritage:surveys_due": only(ANYWHERE),
    "heritage:terms": only(ANYWHERE),
    "heritage:surveys": only(LEARNERS, arguments=monument),
    "heritage:surveys_compare": only(LEARNERS, arguments=monument),
    "heritage:survey_begin": only(SURVEYORS, method="post", arguments=monument),
    "heritage:survey": only(LEARNERS, arguments=signed),
    "heritage:survey_write": only(KEEPERS, method="post", arguments=draft),
    "heritage:survey_damage": only(KEEPERS, method="post", arguments=draft),
    "heritage:survey_threat": only(KEEPERS, method="post", arguments=draft),
    "heritage:survey_advice": only(KEEPERS, method="post", arguments=draft),
    "heritage:survey_sign": only(KEEPERS, method="post", arguments=draft),
    # The first who may throws it away; it is not there for the next.
    "heritage:survey_discard": only(("officer",), method="post", arguments=draft),
    "heritage:survey_photo": only(LEARNERS, arguments=damage),
    "heritage:survey_marks": only(LEARNERS, arguments=damage),
    "heritage:survey_take_out": only(("officer",), method="post", arguments=part),
}
