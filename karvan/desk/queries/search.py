"""Find what a person may see by name, code, number or command.

Blind by construction: applications and participants are looked for only in scopes the person
runs or audits, never by what a reviewer's role reaches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.access import (
    READERS,
    RUNNERS,
    STAFF,
    holds,
    holds_anywhere,
    parties_for,
    parties_of,
    persons_for,
    within,
)
from karvan.foundation.people.models import Party, Person
from karvan.foundation.people.queries import search_persons
from karvan.foundation.texts import fold
from karvan.stages.agreements.access import agreements_for, commitments_for, consultations_for
from karvan.stages.blueprints.access import programmes_for
from karvan.stages.calls.models import Application
from karvan.stages.calls.queries import search_applications
from karvan.stages.credentials.models import Credential
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.access import editions_for
from karvan.stages.ventures.access import ventures_for

from ..commands import commands_for
from ..links import link
from . import search_convened as convened
from .hits import MOST_TITLES, SHOWN, Hit, fitting

SHORTEST = 2  # signs to look for names with


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one kind; ``has_more`` says that not all are shown."""

    title: str | Promise
    hits: list[Hit]
    has_more: bool = False


def find(person: Person, words: str) -> list[Found]:
    """What fits the words, grouped by kind, at most eight of each.

    Names are folded, so ə finds e and أ finds ا. Cost: at most eighteen queries.
    """
    wanted = fold(words)
    groups = [_commands(person, words)]
    if len(wanted) >= SHORTEST:
        groups += [
            Found(title, hits[:SHOWN], has_more=len(hits) > SHOWN)
            for title, look in KINDS
            if (hits := look(person, wanted))
        ]
    return [group for group in groups if group.hits]


def _commands(person: Person, words: str) -> Found:
    hits = [Hit(str(one.title), url) for one, url in commands_for(person, words)]
    return Found(_("Commands"), hits[:SHOWN], has_more=len(hits) > SHOWN)


def _titles(row: Any) -> str:
    return f"{row.code} {' '.join(row.titles.values())}"


def _persons(person: Person, wanted: str) -> list[Hit]:
    if not holds_anywhere(person, STAFF):
        return []
    rows = search_persons(persons_for(person), wanted).order_by("full_name", "pk")
    return [
        Hit(row.full_name, link("person", pk=row.pk), row.email or "") for row in rows[: SHOWN + 1]
    ]


def _participants(person: Person, wanted: str) -> list[Hit]:
    if not holds_anywhere(person, READERS):
        return []
    rows = Enrolment.objects.filter(within(person, READERS, "activity__scope"))
    for word in wanted.split():
        rows = rows.filter(person__search_key__contains=word)
    rows = rows.select_related("person", "activity__edition").order_by("person__full_name", "pk")
    return [
        Hit(
            row.person.full_name,
            link(
                "delivery:participant",
                edition=row.activity.edition.slug,
                activity=row.activity.code,
                pk=row.pk,
            ),
            f"{row.activity}, {row.activity.edition}",
        )
        for row in rows[: SHOWN + 1]
    ]


def _parties(person: Person, wanted: str) -> list[Hit]:
    if holds_anywhere(person, READERS):
        rows = parties_for(person)
    else:
        rows = Party.objects.filter(pk__in=parties_of(person))
    found = fitting(
        rows[:MOST_TITLES], wanted, lambda row: f"{row.code} {' '.join(row.names.values())}"
    )
    return [
        Hit(str(row), link("desk:partner", party=row.code), row.get_kind_display()) for row in found
    ]


def _programmes(person: Person, wanted: str) -> list[Hit]:
    try:
        rows = programmes_for(person)
    except Http404:
        return []
    found = fitting(rows[:MOST_TITLES], wanted, _titles)
    return [Hit(str(row), link("blueprints:programme", code=row.code), row.code) for row in found]


def _editions(person: Person, wanted: str) -> list[Hit]:
    def texts(row: Any) -> str:
        return f"{_titles(row)} {row.slug} {' '.join(row.country.names.values())}"

    found = fitting(editions_for(person)[:MOST_TITLES], wanted, texts)
    return [Hit(str(row), link("editions:edition", edition=row.slug), row.scope) for row in found]


def _commitments(person: Person, wanted: str) -> list[Hit]:
    found = fitting(commitments_for(person)[:MOST_TITLES], wanted, _titles)
    return [Hit(str(row), link("agreements:commitment", code=row.code), row.code) for row in found]


def _papers(person: Person, wanted: str) -> list[Hit]:
    meetings = fitting(consultations_for(person)[:MOST_TITLES], wanted, _titles)
    signed = fitting(agreements_for(person)[:MOST_TITLES], wanted, _titles)
    return [
        Hit(str(row), link("agreements:consultation", code=row.code), row.code) for row in meetings
    ] + [Hit(str(row), link("agreements:agreement", code=row.code), row.code) for row in signed]


def _applications(person: Person, wanted: str) -> list[Hit]:
    if not holds_anywhere(person, RUNNERS):
        return []
    rows = (
        Application.objects.filter(within(person, RUNNERS, "call__activity__scope"))
        .exclude(state=Application.State.DRAFT)
        .exclude(number=None)
        .select_related("call__activity__edition")
        .defer("answers", "attributes", "refusals", "call__form", "call__texts")
        .order_by("full_name", "pk")
    )
    return [
        Hit(
            f"{row.number} · {row.team_name or row.full_name}",
            link(
                "calls:application_record",
                edition=row.call.activity.edition.slug,
                activity=row.call.activity.code,
                number=row.number,
            ),
            f"{row.call.activity}, {row.call.activity.edition}",
        )
        for row in search_applications(rows, wanted)[: SHOWN + 1]
    ]


def _ventures(person: Person, wanted: str) -> list[Hit]:
    rows = ventures_for(person).select_related("team__edition").prefetch_related(None)
    found = fitting(
        rows[:MOST_TITLES], wanted, lambda row: f"{row.name} {row.team.code} {row.team.name}"
    )
    return [
        Hit(row.name, link("ventures:venture", pk=row.pk), str(row.team.edition)) for row in found
    ]


def _credentials(person: Person, wanted: str) -> list[Hit]:
    rows = (
        Credential.objects.filter(
            within(person, READERS, "activity__scope") | Q(person=person),
            number__icontains=wanted,
        )
        .select_related("activity__edition")
        .defer("document")
        .order_by("number")
    )
    return [
        Hit(
            row.number,
            link("credentials:credential", edition=row.activity.edition.slug, number=row.number)
            if holds(person, READERS, row.activity.edition.scope)
            else link("credentials:mine"),
            f"{row.activity}, {row.activity.edition}",
        )
        for row in rows[: SHOWN + 1]
    ]


KINDS: tuple[tuple[str | Promise, Callable[[Person, str], list[Hit]]], ...] = (
    (_("Programmes"), _programmes),
    (_("Editions"), _editions),
    (_("Parties"), _parties),
    (_("People"), _persons),
    (_("Participants"), _participants),
    (_("Applications"), _applications),
    (_("Commitments"), _commitments),
    (_("Meetings and agreements"), _papers),
    (_("Sessions of organs"), convened.sessions),
    (_("Resolutions and decisions"), convened.resolutions),
    (_("Papers of sessions"), convened.documents),
    (_("Titles of cities"), convened.titles),
    (_("Monuments"), convened.monuments),
    (_("Restorations"), convened.projects),
    (_("Ventures"), _ventures),
    (_("Certificates"), _credentials),
)
