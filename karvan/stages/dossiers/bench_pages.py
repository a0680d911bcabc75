"""What the record of a dossier shows one person, gathered for its template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language
from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document

from . import access, guards
from .bench_marks import mark_of, review_mark
from .bench_queries import Progress, progress_of
from .completeness import Gap, SectionShare
from .models import Dossier, DutyTurn, Member, PeerReview, Transition
from .services.states import ROLE_WORDS, WAYS


@dataclass(frozen=True, slots=True)
class Step:
    """A state the dossier may go to next: what is missing, and whether the person brings it there."""

    to: str
    word: str
    missing: list[str]
    may_move: bool
    who: str  # whose step it is, in a sentence


@dataclass(frozen=True, slots=True)
class Worker:
    """A member with the duties of today."""

    member: Member
    duties: list[str]


@dataclass(frozen=True, slots=True)
class Seen:
    """A peer review, its mark, and what the person may do with it."""

    review: PeerReview
    mark: SafeString
    may_answer: bool
    may_close: bool


@dataclass(frozen=True, slots=True)
class Passed:
    """One transition with its words."""

    row: Transition
    words: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A section or something to do, with the address where it is done."""

    what: SectionShare | Gap
    url: str

    @property
    def points(self) -> float:
        """How many points of the score it would bring."""
        return float(self.what.gain) if isinstance(self.what, Gap) else 0.0


def section_url(dossier: Dossier, url_name: str) -> str:
    """The page of a section; "" where its room has none."""
    try:
        return reverse(url_name, args=[dossier.activity.edition.slug, dossier.pk])
    except NoReverseMatch:
        return ""


def sections_of(dossier: Dossier, progress: Progress) -> list[Linked]:
    """The sections that count, each with its page."""
    return [
        Linked(one, section_url(dossier, one.section.url_name))
        for one in progress.completeness.sections
    ]


def best_of(dossier: Dossier, progress: Progress) -> list[Linked]:
    """The next best things to do, each with the page where it is done."""
    is_open = dossier.state != Dossier.State.DRAFT
    return [
        Linked(gap, section_url(dossier, gap.section.url_name))
        for gap in progress.completeness.best(is_open=is_open)
    ]


def steps_ahead(person: Person, dossier: Dossier) -> list[Step]:
    """The states that come next; a release is prepared on its own page."""
    words = dict(Dossier.State.choices)
    ahead = [to for to in WAYS.get(dossier.state, ()) if to != Dossier.State.SUPERSEDED]
    if dossier.state == Dossier.State.DOCUMENTED:
        kept = Dossier.State.REDESIGN if dossier.redesigns else Dossier.State.VERIFIED
        ahead = [to for to in ahead if to == kept]
    return [
        Step(
            to,
            str(words[to]),
            guards.missing_for(dossier, to),
            access.may_move(person, dossier, to) and dossier.stopped_at is None,
            ROLE_WORDS[to](),
        )
        for to in ahead
    ]


def duty_words(activity: Activity) -> dict[str, str]:
    """The duties of a team in the workshop's design: code → the reader's word, in their order."""
    try:
        listed = activity_document(activity).get("team_roles") or ()
    except KeyError:
        listed = ()
    return {one["code"]: in_language(one.get("title", one["code"])) for one in listed}


def workers_of(dossier: Dossier, words: dict[str, str]) -> list[Worker]:
    """The present members, each with today's duties. Two queries."""
    turns = DutyTurn.objects.filter(dossier=dossier, on=clock.today())
    held: dict[int, list[str]] = {}
    for turn in turns:
        held.setdefault(turn.member_id, []).append(words.get(turn.duty, turn.duty))
    members = dossier.members.filter(left_on__isnull=True).select_related("enrolment__person")
    return [Worker(one, held.get(one.pk, [])) for one in members]


def reviews_of(person: Person, dossier: Dossier) -> list[Seen]:
    """The peer reviews, newest first."""
    is_member = access.is_member(person, dossier)
    teaches = access.is_instructor(person, dossier.activity) and not is_member
    return [
        Seen(
            one,
            review_mark(one),
            may_answer=one.closed_at is None and is_member,
            may_close=one.closed_at is None and (teaches or one.author_id == person.pk),
        )
        for one in dossier.peer_reviews.select_related("author", "closed_by").order_by("-pk")
    ]


def way_of(dossier: Dossier) -> list[Passed]:
    """The transitions so far, in the reader's words."""
    words: dict[str, str] = {key: str(word) for key, word in Dossier.State.choices}
    words |= {"stopped": _("Stopped"), "resumed": _("goes on")}
    return [
        Passed(one, f"{words.get(one.before, one.before)} → {words.get(one.after, one.after)}")
        for one in dossier.transitions.select_related("by")
    ]


def record_page(person: Person, dossier: Dossier) -> dict[str, Any]:
    """The context of the record of a dossier."""
    activity = dossier.activity
    progress = progress_of([dossier])[dossier.pk]
    is_member = access.is_member(person, dossier)
    teaches = access.is_instructor(person, activity)
    return {
        "progress": progress,
        "sections": sections_of(dossier, progress),
        "best": best_of(dossier, progress),
        "steps": steps_ahead(person, dossier),
        "workers": workers_of(dossier, duty_words(activity)),
        "reviews": reviews_of(person, dossier),
        "transitions": way_of(dossier),
        "state": mark_of(dossier),
        "is_member": is_member,
        "teaches": teaches,
        "assesses": teaches and not is_member,
        "may_review": not is_member,
        "stops": access.is_safety_officer(person, activity),
        "chooses_path": teaches or is_member,
        "is_closed": dossier.state in (Dossier.State.SUPERSEDED, Dossier.State.WITHDRAWN),
    }
