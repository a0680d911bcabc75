"""What needs a person now: a small function a role and stage, each at a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable

from karvan.foundation.people.access import scopes_of
from karvan.foundation.people.models import Person
from karvan.stages.ventures.access import waiting_for as claims_waiting_for

from . import (
    benches,
    caring,
    convening,
    coordinator,
    design,
    keeping,
    officer,
    partner,
    selecting,
    taking_part,
    teaching,
)
from .need import Need, in_order

__all__ = ["Need", "needs_of"]

Asked = Callable[[Person], list[Need]]


def milestones_waiting(person: Person) -> list[Need]:
    """Claims of the editions the person runs. One query."""
    count = claims_waiting_for(person).count()
    return [teaching.claims_waiting(count)] if count else []


BY_ROLE: dict[str, tuple[Asked, ...]] = {
    "administrator": (keeping.letters_in_trouble, keeping.persons_without_role),
    "officer": (
        officer.late_commitments,
        officer.minutes_to_confirm,
        officer.runs_to_sign,
        selecting.places_free,
        selecting.appeals_to_decide,
        officer.blueprint_drafts,
        design.versions_unanswered,
        convening.sessions_to_convoke,
        convening.papers_late,
        convening.credentials_to_examine,
        convening.decisions_without_follow_up,
        convening.agreements_ending,
        convening.nominations_to_admit,
        caring.surveys_due,
    ),
    "coordinator": (
        coordinator.editions_to_adopt,
        design.versions_to_answer,
        design.timetables_to_mend,
        coordinator.possible_duplicates,
        coordinator.activities_needing,
        officer.runs_to_sign,
        selecting.places_free,
        selecting.appeals_to_decide,
        milestones_waiting,
    ),
    "partner": (
        partner.minutes_to_confirm,
        partner.places_to_nominate,
        partner.dates_to_keep_free,
        convening.credentials_to_send,
        convening.nominations_to_send,
    ),
    "reviewer": (teaching.reads_to_do,),
    "trainer": (
        teaching.next_session,
        teaching.rolls_to_call,
        teaching.work_to_mark,
        caring.hours_to_sign,
        benches.benches_waiting,
    ),
    "mentor": (teaching.claims_to_verify, teaching.meetings_to_note),
    "participant": (
        teaching.next_session,
        taking_part.coursework_due,
        taking_part.milestones_to_claim,
        taking_part.certificates_ready,
    ),
    "auditor": (keeping.changes_lately,),
}
# Whoever applied may have an answer waiting, and whoever presides over a track abstracts, with or
# without a role.
BY_ANYBODY: tuple[Asked, ...] = (
    taking_part.offers_to_answer,
    convening.abstracts_to_propose_for,
)


def needs_of(person: Person) -> list[Need]:
    """Everything that needs this person, late first, then by day.

    Cost: the queries of the functions of the person's roles, each fixed, however many
    rows there are; about 40 for somebody who holds every role.
    """
    asked = list(BY_ANYBODY)
    for role, functions in BY_ROLE.items():
        if scopes_of(person, (role,)):
            asked += [one for one in functions if one not in asked]
    return in_order([need for function in asked for need in function(person)])
