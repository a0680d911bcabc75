"""A small world with one of everything, and one person of every role in it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from karvan.foundation.people.models import Person
from tests import make


class World:
    """Everything the matrix's arguments point at. Rows are made when first asked for."""

    def __init__(self) -> None:
        base = make.programme()
        design = make.blueprint(base, data=make.workshop_document(base.code))
        self.edition = make.edition("AZ-2026", of=design)
        self.other_edition = make.edition(
            "MA-2026", of=self.edition.blueprint, country=make.country("MA")
        )
        self.activity = make.activity(of=self.edition)
        self.call = make.call(self.activity)
        self.application = make.application(self.call, state="submitted")
        self.round = make.review_round(self.call)
        self.reviewer = make.reviewer(self.round, person=self.people["reviewer"])
        self.assignment = make.assignment(self.reviewer, application=self.application)
        self.run = make.selection_run(self.call)
        self.decision = make.decision(self.run, application=self.application)
        self.offer = make.offer(self.decision)
        self.quota_set = make.quota_set(self.call)
        self.venue = make.venue()
        self.room = make.room(venue=self.venue)
        self.trainer = make.trainer(self.activity, person=self.people["trainer"])
        self.group = make.group(self.activity)
        self.session = make.session(self.activity)
        self.timetable = make.timetable(self.activity, state="published")
        self.enrolment = make.enrolment(self.activity, person=self.people["participant"])
        self.team = make.team(self.edition)
        self.venture = make.venture(self.team)
        self.workshop = make.workshop(of=self.edition)
        self.dossier = make.dossier(self.workshop)
        self.member = make.member(self.dossier, person=self.people["participant"])
        make.bench_trainer(self.workshop, "SAFETY", "IP", "BENCH", person=self.people["trainer"])
        self.meeting = make.consultation()
        self.item = make.minutes_item(consultation=self.meeting)
        self.agreement = make.agreement()
        self.commitment = make.commitment(item=self.item)

    @cached_property
    def party(self) -> Any:
        """The party the world's partner speaks for."""
        return make.party("ministry-of-the-matrix")

    @cached_property
    def organ(self) -> Any:
        return make.organ("gc")

    @cached_property
    def sitting_session(self) -> Any:
        """A session of the organ that sits, under the world's officer and administrator."""
        return make.statutory_session(self.organ, state="open")

    @cached_property
    def delegation(self) -> Any:
        """A member's delegation, whose head is the world's partner."""
        made = make.delegation(self.sitting_session)
        make.session_delegate(made, person=self.people["partner"], rank="head")
        return made

    @cached_property
    def symposium(self) -> Any:
        """A symposium of the world's edition."""
        return make.symposium(make.activity("SYM", of=self.edition, format="symposium"))

    @cached_property
    def title_cycle(self) -> Any:
        return make.title_cycle(make.title_series("culture"), state="open")

    @cached_property
    def partnership(self) -> Any:
        return make.partnership(party=self.party)

    @cached_property
    def register(self) -> Any:
        return make.register("az")

    @cached_property
    def monument(self) -> Any:
        return make.monument(self.register)

    @cached_property
    def restoration(self) -> Any:
        """A restoration of the monument, on which an activity of the edition learns."""
        course = make.activity("RST", of=self.edition, format="restoration")
        return make.restoration(self.monument, activity=course)

    @cached_property
    def people(self) -> dict[str, Person]:
        """One person a role; "neighbour" coordinates another country; no stranger."""
        scope = self.edition.scope
        return {
            "participant": make.role("participant", scope),
            "reviewer": make.role("reviewer", scope),
            "trainer": make.role("trainer", scope),
            "mentor": make.role("mentor", scope),
            "partner": make.role("partner", scope, party=self.party),
            "auditor": make.role("auditor"),
            "neighbour": make.role("coordinator", self.other_edition.scope),
            "coordinator": make.role("coordinator", scope),
            "officer": make.role("officer"),
            "administrator": make.role("administrator"),
        }
