"""Talk, poster or not accepted: one by one or by rank; letters to authors; papers taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation import clock
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.calls.models import Application
from karvan.stages.calls.services import withdraw_application

from ..errors import NotGiven, NotOfThisSession, WrongState
from ..models import Paper, ProgrammeSession, Symposium
from ..queries.symposium_marks import ranked

OUTCOMES = (Paper.State.TALK, Paper.State.POSTER, Paper.State.REJECTED)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What deciding by rank would make of a paper; ``rank`` is within its track, from 1."""

    paper: Paper
    rank: int
    outcome: str


@dataclass(frozen=True, slots=True)
class RankPlan:
    """Every undecided paper with what would become of it; ``key`` names just this plan."""

    proposed: tuple[Proposed, ...]
    unread: tuple[Paper, ...]

    @property
    def key(self) -> str:
        said = ";".join(f"{one.paper.pk}:{one.outcome}" for one in self.proposed)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def count(self, outcome: str) -> int:
        """How many papers get this outcome."""
        return sum(one.outcome == outcome for one in self.proposed)


@transaction.atomic
def decide_papers(
    symposium: Symposium,
    *,
    papers: Collection[int],
    outcome: str,
    reason: str = "",
    by: Person | None,
) -> int:
    """Accept papers as talks or posters, or not; returns how many were decided anew.

    Nobody is written to before ``tell_authors``.

    Raises:
        NotGiven: no paper, no known outcome, or no reason for what is not accepted or changed.
        NotOfThisSession: a paper is of another symposium.
        WrongState: a paper was withdrawn, or stands in a session that its new state does not fit.
    """
    if outcome not in OUTCOMES:
        raise NotGiven(_("Say talk, poster or not accepted."))
    rows = list(symposium.papers.select_for_update(of=("self",)).filter(pk__in=papers))
    if not rows:
        raise NotGiven(_("Choose at least one paper."))
    if len(rows) < len(set(papers)):
        raise NotOfThisSession(_("A paper that was chosen belongs to another symposium."))
    for paper in rows:
        _may_become(paper, outcome, reason)
    decided = [paper for paper in rows if paper.state != outcome]
    _write(decided, outcome, reason, by)
    if decided:
        after = {"outcome": outcome, "papers": [paper.number for paper in decided]}
        record("decided papers", symposium, by=by, after=after, reason=reason)
    return len(decided)


def plan_by_rank(symposium: Symposium, *, talks: int, posters: int) -> RankPlan:
    """What becomes of the undecided papers if each track takes so many talks, then so many posters.

    The best mean goes first, then the lower number. Who would rather have a poster takes no
    place of a talk. A paper that nobody has read is left undecided. Writes nothing.

    Cost: three queries.
    """
    proposed: list[Proposed] = []
    unread: list[Paper] = []
    for papers in ranked(symposium).values():
        left = {Paper.State.TALK: talks, Paper.State.POSTER: posters}
        rank = 0
        for marked in papers:
            if marked.paper.state != Paper.State.SUBMITTED:
                continue
            if marked.mean is None:
                unread.append(marked.paper)
                continue
            rank += 1
            outcome = next((o for o in _wanted(marked.paper) if left[o]), Paper.State.REJECTED)
            if outcome != Paper.State.REJECTED:
                left[outcome] -= 1
            proposed.append(Proposed(marked.paper, rank, outcome))
    return RankPlan(tuple(proposed), tuple(unread))


@transaction.atomic
def decide_by_rank(
    symposium: Symposium,
    *,
    talks: int,
    posters: int,
    key: str,
    reason: str = "",
    by: Person | None,
) -> dict[str, int]:
    """Decide as ``plan_by_rank`` showed; returns how many papers by outcome.

    Raises:
        WrongState: marks or decisions have changed since the plan with this key was shown.
        NotGiven: papers would not be accepted and no reason was given.
    """
    Symposium.objects.select_for_update(of=("self",)).get(pk=symposium.pk)
    plan = plan_by_rank(symposium, talks=talks, posters=posters)
    if plan.key != key:
        raise WrongState(
            _("Marks or decisions have changed since this was shown. Look at it again.")
        )
    if not plan.proposed:
        raise NotGiven(_("No paper with marks waits for a decision."))
    done = {}
    for outcome in OUTCOMES:
        papers = [one.paper for one in plan.proposed if one.outcome == outcome]
        if papers and outcome == Paper.State.REJECTED and not reason.strip():
            raise NotGiven(_("Say why papers are not accepted; their authors read it."))
        _write(papers, outcome, reason if outcome == Paper.State.REJECTED else "", by)
        done[str(outcome)] = len(papers)
    after = {"talks_a_track": talks, "posters_a_track": posters, **done}
    record("decided by rank", symposium, by=by, after=after, reason=reason)
    return done


@transaction.atomic
def tell_authors(symposium: Symposium, *, by: Person | None) -> int:
    """Write to the authors of every decided paper that were not told yet; returns the letters written.

    One letter to each address, in the language of the abstract's application or the person's
    own. A decision that is changed later is told anew.

    Cost: about 2 ms a letter.
    """
    rows = symposium.papers.select_for_update(of=("self",)).filter(
        told_at__isnull=True, state__in=OUTCOMES
    )
    papers = list(rows.select_related("application__call").prefetch_related("authors__person"))
    letters = 0
    for paper in papers:
        for number, address, language in _addresses(paper):
            write_message(
                "convening/symposium_decision",
                to=address,
                key=f"convening/decision:{paper.pk}:{paper.state}:{number}:{_second(paper)}",
                context={
                    "paper": paper,
                    "activity": symposium.activity,
                    "link": _own_page(paper, language),
                },
                language=language,
                scope=symposium.scope,
                by=by,
            )
            letters += 1
        paper.told_at = clock.now()
        paper.save(update_fields=["told_at"])
    if papers:
        record("told authors", symposium, by=by, after={"papers": len(papers), "letters": letters})
    return letters


@transaction.atomic
def withdraw_paper(paper: Paper, *, reason: str = "", by: Person | None = None) -> Paper:
    """Take a paper back, as its author or for one. It stays in its session, marked, until moved out.

    Raises:
        WrongState: it was withdrawn already.
    """
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.state == Paper.State.WITHDRAWN:
        raise WrongState(_("This paper was withdrawn already."))
    before = paper.state
    application = paper.application
    if application and application.state != Application.State.WITHDRAWN:
        withdraw_application(application, reason=reason, by=by)
    paper.state, paper.state_reason = Paper.State.WITHDRAWN, reason.strip()
    paper.decided_at, paper.decided_by = clock.now(), by
    paper.save(update_fields=["state", "state_reason", "decided_at", "decided_by"])
    record("withdrew paper", paper, by=by, before={"state": before}, after={"state": paper.state}, reason=reason)  # fmt: skip
    return paper


def _may_become(paper: Paper, outcome: str, reason: str) -> None:
    named = {"number": paper.number, "session": paper.session}
    if paper.state == Paper.State.WITHDRAWN:
        raise WrongState(_("Paper %(number)s was withdrawn by its author.") % named)
    is_changed = paper.state not in (Paper.State.SUBMITTED, outcome)
    if (outcome == Paper.State.REJECTED or is_changed) and not reason.strip():
        raise NotGiven(
            _("Say why paper %(number)s is not accepted or is decided anew; its authors read it.")
            % named
        )
    session = paper.session
    if session is None or paper.state == outcome:
        return
    kinds = {
        Paper.State.TALK: ProgrammeSession.Kind.PAPERS,
        Paper.State.POSTER: ProgrammeSession.Kind.POSTERS,
    }
    if kinds.get(Paper.State(outcome)) != session.kind:
        raise WrongState(
            _("Paper %(number)s stands in “%(session)s”. Take it out of that session first.")
            % named
        )


def _write(papers: Collection[Paper], outcome: str, reason: str, by: Person | None) -> None:
    for paper in papers:
        paper.state, paper.state_reason = outcome, reason.strip()
        paper.decided_at, paper.decided_by, paper.told_at = clock.now(), by, None
    Paper.objects.bulk_update(
        papers, ["state", "state_reason", "decided_at", "decided_by", "told_at"], batch_size=200
    )


def _wanted(paper: Paper) -> tuple[Paper.State, ...]:
    """Outcomes that its authors would take, the best first."""
    prefers = paper.application.answers.get("prefers") if paper.application else ""
    return (Paper.State.POSTER,) if prefers == "poster" else (Paper.State.TALK, Paper.State.POSTER)


def _own_page(paper: Paper, language: str) -> str:
    """The page on which an author sees the decision and may take the paper back."""
    if paper.application is None:
        return ""
    with override(language):
        page = reverse("convening:own_paper", args=[paper.application.token])
    return f"{settings.SITE_ADDRESS}{page}"


def _second(paper: Paper) -> int:
    """When it was decided; a paper that is decided anew gets another letter."""
    return int(paper.decided_at.timestamp()) if paper.decided_at else 0


def _addresses(paper: Paper) -> Iterator[tuple[int, str, str]]:
    """A number that tells them apart, the address and the language, each address once."""
    spoken = paper.application.language if paper.application else paper.language
    seen: set[str] = set()
    listed = [(0, paper.application.email if paper.application else "", spoken)]
    listed += [
        (a.pk, a.email, a.person.language if a.person else spoken) for a in paper.authors.all()
    ]
    for number, address, language in listed:
        if address and address not in seen:
            seen.add(address)
            yield number, address, language
