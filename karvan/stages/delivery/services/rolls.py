"""Call the roll of a session, and correct it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import Act, record_many
from karvan.stages.timetables.models import Placement, Session, Timetable

from ..errors import NotEnrolled, RollNotPossible
from ..models import Attendance
from ..queries import roll_of

EARLY = timedelta(hours=1)  # people come before it begins


@transaction.atomic
def call_roll(session: Session, *, states: Mapping[int, str], by: Person | None) -> dict[str, int]:
    """Write down who is there: enrolment id → present, late, excused or absent.

    Part of the roll may be called now and the rest later. What differs from what was
    called before is a correction, recorded with before and after. Returns how many
    were called anew and how many corrected.

    Raises:
        RollNotPossible: the session is cancelled or not yet held, or a state is unknown.
        NotEnrolled: somebody is not on this session's roll.

    Cost: about ten reads and writes, however many people.
    """
    session = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    _refuse_impossible(session, states)
    on_roll = set(roll_of(session).values_list("pk", flat=True))
    if set(states) - on_roll:
        raise NotEnrolled(_("Somebody on this list does not take part in this session."))

    known = {row.enrolment_id: row for row in Attendance.objects.filter(session=session)}
    now = clock.now()
    fresh = [
        Attendance(session=session, enrolment_id=key, state=state, called_by=by, called_at=now)
        for key, state in states.items()
        if key not in known
    ]
    wrong = {key: known[key].state for key in states if _differs(known.get(key), states[key])}
    for key in wrong:
        row = known[key]
        row.state, row.called_by, row.called_at = states[key], by, now
    Attendance.objects.bulk_create(fresh)
    Attendance.objects.bulk_update(
        [known[key] for key in wrong], ["state", "called_by", "called_at"]
    )
    _write_down(session, fresh, wrong, states, by)
    return {"called": len(fresh), "corrected": len(wrong)}


def _differs(row: Attendance | None, state: str) -> bool:
    return row is not None and row.state != state


def _refuse_impossible(session: Session, states: Mapping[int, str]) -> None:
    if session.is_cancelled:
        raise RollNotPossible(_("This session is cancelled; there is no roll to call."))
    unknown = set(states.values()) - set(Attendance.State.values)
    if unknown:
        raise RollNotPossible(_("Choose present, late, excused or absent."))
    held = Placement.objects.filter(
        session=session, timetable__state=Timetable.State.PUBLISHED
    ).first()
    if held is not None and clock.now() < held.starts_at - EARLY:
        raise RollNotPossible(_("The roll can be called from an hour before the session begins."))


def _write_down(
    session: Session,
    fresh: list[Attendance],
    wrong: Mapping[int, str],
    states: Mapping[int, str],
    by: Person | None,
) -> None:
    """One record for what was called, one for what was corrected. No names: ids of enrolments."""
    acts = []
    if fresh:
        acts.append(Act("called roll", session, after=dict(Counter(str(r.state) for r in fresh))))
    if wrong:
        acts.append(
            Act(
                "corrected roll",
                session,
                before={str(key): state for key, state in wrong.items()},
                after={str(key): str(states[key]) for key in wrong},
            )
        )
    if acts:
        record_many(acts, by=by)
