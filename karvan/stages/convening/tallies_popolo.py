"""A vote as Popolo says it: ``vote_event`` with its ``motion``, counts and single votes.

Source: popoloproject.com, classes Motion and VoteEvent, whose names our tables follow.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from karvan.foundation.texts import in_language

from .models import VoteEvent
from .queries.tallies import single_votes

RESULTS = {"adopted": "pass", "rejected": "fail"}


def vote_event(event: VoteEvent) -> dict[str, Any]:
    """The vote with everything in it. A secret ballot has counts only.

    Cost: one query.
    """
    session = event.session
    said: dict[str, Any] = {
        "id": str(event.pk),
        "organization_id": session.organ.code,
        "legislative_session_id": session.slug,
        "identifier": event.identifier,
        "motion": motion(event),
        "start_date": _moment(event.opened_at),
        "end_date": _moment(event.closed_at),
        "result": RESULTS.get(event.result, event.result),
        "counts": [
            {"option": option, "value": value} for option, value in sorted(event.counts.items())
        ],
        "votes": [
            {"voter_id": vote.membership.code, "option": vote.option}
            for vote in single_votes(event)
        ],
    }
    if event.source:
        said["sources"] = [{"note": event.source}]
    return said


def motion(event: VoteEvent) -> dict[str, Any]:
    """What was put to the vote."""
    text = in_language(event.titles)
    said: dict[str, Any] = {
        "organization_id": event.session.organ.code,
        "legislative_session_id": event.session.slug,
        "text": text,
        "date": _moment(event.opened_at),
        "requirement": event.requirement.replace("_", "-"),
        "result": RESULTS.get(event.result, event.result),
        "vote_events": [str(event.pk)],
    }
    if event.motion is not None:
        said |= {
            "identifier": event.motion.symbol,
            "classification": event.motion.kind,
            "text": in_language(event.motion.titles),
        }
    return said


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
