"""Mentors are matched with ventures: proposed as often as one likes, taken once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines import selection as engine
from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Edition

from ..errors import WrongState
from ..models import Membership, MentorMatching, MentorOffer, Mentorship, Venture
from ..proposals import MatchingProposal, Pairing, Refusal
from ..queries import offers_listed, ventures_without_mentor
from .mentoring import assign_mentor


def propose_mentors(edition: Edition, *, seed: str, everyone: bool = False) -> MatchingProposal:
    """Return the matching that is stable and best for the ventures; writes nothing.

    Ventures without a mentor today take part, and mentors with the room their standing
    mentorships leave. A mentor ranks the ventures named first, then those of a named
    sector, then all others; equals are drawn by ``seed``. With ``everyone`` a venture
    whose wishes are all full is given another mentor with room.

    Raises:
        WrongState: no venture waits for a mentor, or no mentor has said how many.

    Cost: seven queries and one run of the engine.
    """
    ventures = {f"v{one.pk}": one for one in ventures_without_mentor(edition)}
    offers = {f"m{one.mentor_id}": one for one in offers_listed(edition)}
    if not ventures:
        raise WrongState(_("Every venture has a mentor."))
    if not any(offer.capacity for offer in offers.values()):
        raise WrongState(_("No mentor has said how many ventures to take."))
    wishes = _wishes(ventures, offers)
    problem = _problem(edition, ventures, offers, wishes, seed, everyone)
    matching = engine.match_stable(problem)
    pairings = tuple(
        _pairing(problem, matching, ventures, offers, key, wishes[key]) for key in ventures
    )
    ranks = Counter(one.rank for one in pairings if one.rank)
    document = _document(problem, matching)
    return MatchingProposal(
        seed=seed,
        everyone=everyone,
        pairings=pairings,
        profile=tuple(ranks[r] for r in range(1, max(ranks, default=0) + 1)),
        others=sum(bool(one.mentor) and one.rank is None for one in pairings),
        document=document,
        sha256=sha256(document).hexdigest(),
    )


@transaction.atomic
def take_matching(
    edition: Edition, *, seed: str, everyone: bool = False, sha256: str, by: Person | None
) -> MentorMatching:
    """Let the mentors of a proposal stand by their ventures; returns what is kept of it.

    The proposal is made again from what stands now and must be the one that was shown.

    Raises:
        WrongState: wishes, room or ventures have changed since, or there is nothing to take.
    """
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    proposal = propose_mentors(edition, seed=seed, everyone=everyone)
    if proposal.sha256 != sha256:
        raise WrongState(
            _("Something has changed since this matching was proposed. Propose it again.")
        )
    if not proposal.made:
        raise WrongState(_("No venture would get a mentor."))
    for one in proposal.pairings:
        if one.mentor is not None:
            assign_mentor(one.venture, mentor=one.mentor, by=by)
    matching = MentorMatching.objects.create(
        edition=edition,
        number=edition.mentor_matchings.count() + 1,
        seed=seed,
        document=proposal.document,
        sha256=proposal.sha256,
        profile=list(proposal.profile),
        made=proposal.made,
        unmatched=proposal.unmatched,
        taken_by=by,
        taken_at=clock.now(),
    )
    after = {
        "seed": seed,
        "mentorships": proposal.made,
        "without": proposal.unmatched,
        "sha256": proposal.sha256,
    }
    record("mentors matched", matching, by=by, after=after)
    return matching


def _wishes(
    ventures: Mapping[str, Venture], offers: Mapping[str, MentorOffer]
) -> dict[str, list[str]]:
    """The mentors each venture named, best first, as far as they have made an offer."""
    return {
        key: [
            f"m{wish.mentor_id}"
            for wish in venture.mentor_wishes.all()
            if f"m{wish.mentor_id}" in offers
        ]
        for key, venture in ventures.items()
    }


def _problem(
    edition: Edition,
    ventures: Mapping[str, Venture],
    offers: Mapping[str, MentorOffer],
    wishes: Mapping[str, list[str]],
    seed: str,
    everyone: bool,
) -> engine.MatchProblem:
    """The engine's problem. It holds keys, ranks and room, no names."""
    seekers = []
    for key, named in sorted(wishes.items()):
        rest = sorted(set(offers) - set(named)) if everyone else []
        # Mentors not named are all liked alike, after those named.
        ranks = [*range(1, len(named) + 1), *[len(named) + 1] * len(rest)]
        seekers.append(engine.Seeker(key, (*named, *rest), tuple(ranks)))
    barred = _barred(edition)
    places = tuple(
        engine.Place(
            key,
            max(0, offer.capacity - offer.standing),  # type: ignore[attr-defined]
            _priorities(offer, ventures),
            refuses=frozenset(barred.get(offer.mentor_id, set()) & set(ventures)),
        )
        for key, offer in sorted(offers.items())
    )
    return engine.MatchProblem(tuple(seekers), places, seed)


def _priorities(offer: MentorOffer, ventures: Mapping[str, Venture]) -> dict[str, int]:
    """Ranks a mentor gives: ventures named, then those of a named sector, all alike."""
    named = {f"v{one.venture_id}": one.rank for one in offer.choices.all()}
    sectors = set(offer.sectors)
    of_sector = max(named.values(), default=0) + 1
    return {
        key: named.get(key, of_sector)
        for key, venture in ventures.items()
        if key in named or (venture.sector and venture.sector in sectors)
    }


def _barred(edition: Edition) -> dict[int, set[str]]:
    """By mentor: ventures mentored before, and those of whose team he or she is or was."""
    found: dict[int, set[str]] = {}
    before = Mentorship.objects.filter(venture__team__edition=edition)
    inside = Membership.objects.filter(team__edition=edition, team__venture__isnull=False)
    for person, venture in (
        *before.values_list("mentor_id", "venture_id"),
        *inside.values_list("enrolment__person_id", "team__venture"),
    ):
        found.setdefault(person, set()).add(f"v{venture}")
    return found


def _pairing(
    problem: engine.MatchProblem,
    matching: engine.Matching,
    ventures: Mapping[str, Venture],
    offers: Mapping[str, MentorOffer],
    key: str,
    named: list[str],
) -> Pairing:
    given = matching.places.get(key)
    refusals = tuple(
        Refusal(
            mentor=offers[one.place].mentor,
            rank=one.rank,
            ahead=tuple(ventures[other] for other in one.ahead),
            is_drawn=one.is_drawn,
            is_barred=one.reason == "refused",
        )
        for one in engine.explain_match(problem, matching, key)
        if one.place in named
    )
    return Pairing(
        venture=ventures[key],
        mentor=offers[given].mentor if given else None,
        rank=named.index(given) + 1 if given in named else None,
        refusals=refusals,
    )


def _document(problem: engine.MatchProblem, matching: engine.Matching) -> bytes:
    """Problem and answer as JSON: sorted, whole numbers, the same bytes for the same rows."""
    content = {"problem": asdict(problem), "answer": asdict(matching)}
    return json.dumps(content, sort_keys=True, separators=(",", ":"), default=_as_list).encode()


def _as_list(value: Any) -> list[Any]:
    return sorted(value)
