"""Balanced teams are proposed for those who have none yet, and taken together."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines import selection as engine
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import in_language
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.editions.queries import activity_document
from karvan.stages.selection.quotas import value_of

from ..errors import WrongState
from ..models import Team
from ..proposals import ProposedMember, ProposedTeam, TeamsProposal, blind_attributes, labels_of
from ..queries import without_team
from .teams import form_team


def propose_teams(activity: Activity, *, smallest: int, largest: int, seed: str) -> TeamsProposal:
    """Return balanced teams of the activity's participants without one; writes nothing.

    Every team gets as many different values as the design's quotas within teams ask
    (``per_team_at_least``); what the call's other quotas count is spread evenly. Those
    who did not say count for no value.

    Raises:
        WrongState: nobody waits for a team, or so many people are not so large teams.

    Cost: two queries and one run of the engine.
    """
    people = {f"e{one.pk}": one for one in without_team(activity)}
    if not people:
        raise WrongState(_("Everybody who is enrolled has a team."))
    document = activity_document(activity)
    quotas = (document.get("selection") or {}).get("quotas") or []
    counted = [q for q in quotas if isinstance(q.get("values"), list) and _is_met(q, people)]
    try:
        problem = _problem(people, quotas, smallest, largest, seed)
    except ValueError as wrong:
        words = {"people": len(people), "least": smallest, "most": largest}
        raise WrongState(
            _("%(people)s participants cannot be put into teams of %(least)s to %(most)s.") % words
        ) from wrong
    answer = engine.form_teams(problem)
    content = {"problem": asdict(problem), "answer": asdict(answer)}
    kept = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return TeamsProposal(
        smallest=smallest,
        largest=largest,
        seed=seed,
        teams=tuple(
            _shown(number, [people[key] for key in keys], quotas, counted, document)
            for number, keys in enumerate(answer.teams, start=1)
        ),
        short=answer.short,
        deviation=answer.deviation,
        bound=answer.bound,
        sha256=sha256(kept.encode()).hexdigest(),
    )


@transaction.atomic
def take_teams(
    activity: Activity,
    *,
    smallest: int,
    largest: int,
    seed: str,
    sha256: str,
    by: Person | None,
) -> list[Team]:
    """Form the teams of a proposal; returns them.

    The proposal is made again from what stands now and must be the one that was shown.

    Raises:
        WrongState: participants have come, gone or joined a team since.
    """
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=activity.edition_id)
    proposal = propose_teams(activity, smallest=smallest, largest=largest, seed=seed)
    if proposal.sha256 != sha256:
        raise WrongState(
            _("Something has changed since these teams were proposed. Propose them again.")
        )
    first = edition.teams.count() + 1
    made = [
        form_team(
            edition,
            name=_("Team %(number)s") % {"number": number},
            members=[one.enrolment for one in team.members],
            by=by,
        )
        for number, team in enumerate(proposal.teams, start=first)
    ]
    after = {
        "teams": len(made),
        "members": proposal.people,
        "seed": seed,
        "sha256": proposal.sha256,
    }
    record("formed teams", activity, by=by, after=after)
    return made


def _problem(
    people: Mapping[str, Enrolment],
    quotas: Sequence[Mapping[str, Any]],
    smallest: int,
    largest: int,
    seed: str,
) -> engine.TeamProblem:
    """The engine's problem. It holds the attributes that quotas count, no names."""
    wanted = sorted({quota["attribute"] for quota in quotas})
    members = tuple(
        engine.TeamMember(
            key,
            {
                name: value_of(name, given)
                for name in wanted
                if (given := one.attributes.get(name)) not in (None, "")
            },
        )
        for key, one in sorted(people.items())
    )
    different = {
        quota["attribute"]: int(quota["per_team_at_least"])
        for quota in quotas
        if quota.get("per_team_at_least")
    }
    return engine.TeamProblem(members, smallest, largest, seed, different=different)


def _shown(
    number: int,
    members: Sequence[Enrolment],
    quotas: Sequence[Mapping[str, Any]],
    counted: Sequence[Mapping[str, Any]],
    document: Mapping[str, Any],
) -> ProposedTeam:
    """A team as it may be shown: what the form asks blind as counts, never on persons."""
    labels, blind = labels_of(document), blind_attributes(document)
    ruled = [q for q in quotas if q.get("per_team_at_least")]
    given = {
        one.pk: {n: value_of(n, v) for n, v in one.attributes.items() if v not in (None, "")}
        for one in members
    }
    open_ones = [q["attribute"] for q in ruled if q["attribute"] not in blind]
    return ProposedTeam(
        number=number,
        members=tuple(
            ProposedMember(
                one,
                tuple(
                    labels.get(name, {}).get(given[one.pk][name], given[one.pk][name])
                    for name in open_ones
                    if name in given[one.pk]
                ),
            )
            for one in sorted(members, key=str)
        ),
        counts=tuple((_title(q), sum(_counts(q, one) for one in members)) for q in counted),
        different=tuple(
            (
                _title(q),
                len({one[q["attribute"]] for one in given.values() if q["attribute"] in one}),
            )
            for q in ruled
        ),
    )


def _counts(quota: Mapping[str, Any], one: Enrolment) -> bool:
    """Whether a quota counts this participant."""
    given = one.attributes.get(quota["attribute"])
    values = [value_of(quota["attribute"], value) for value in quota["values"]]
    return given not in (None, "") and value_of(quota["attribute"], given) in values


def _is_met(quota: Mapping[str, Any], people: Mapping[str, Enrolment]) -> bool:
    """Whether a quota counts anybody here; a column of noughts would say nothing."""
    return any(_counts(quota, one) for one in people.values())


def _title(quota: Mapping[str, Any]) -> str:
    return in_language(quota.get("title")) or str(quota["key"])
