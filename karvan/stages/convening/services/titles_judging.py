"""Nominations are checked for admissibility, then marked by experts who do not see each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import in_language

from ..errors import NotGiven, WrongState
from ..models import ExpertMark, TitleNomination

State = TitleNomination.State


@transaction.atomic
def check_admissibility(
    nomination: TitleNomination, *, checks: Mapping[str, Mapping[str, Any]], by: Person | None
) -> TitleNomination:
    """Say of each condition whether it is met, with a note; all met admits the nomination.

    ``checks``: condition → {"met": True, "note": ""}. One that is not met refuses it, and its
    note is the reason.

    Raises:
        WrongState: it was not sent, or it went further.
        NotGiven: a condition is left out, or one is not met without a note.
    """
    held = _locked(nomination)
    if held.state not in (State.SUBMITTED, State.ADMITTED, State.NOT_ADMITTED):
        raise WrongState(_("Only a nomination that was sent and not yet proposed is checked."))
    if held.marks.filter(done_at__isnull=False).exists():
        raise WrongState(_("Experts have marked this nomination; its admissibility stands."))
    said: dict[str, dict[str, Any]] = {}
    reasons = []
    for condition in held.cycle.series.admissibility:
        name = in_language(condition["names"])
        found = checks.get(condition["code"], {})
        if found.get("met") is None:
            raise NotGiven(_("Say whether this is met: %(condition)s.") % {"condition": name})
        note = str(found.get("note", "")).strip()
        if not found["met"] and not note:
            raise NotGiven(_("Say why this is not met: %(condition)s.") % {"condition": name})
        said[condition["code"]] = {"met": bool(found["met"]), "note": note}
        if not found["met"]:
            reasons.append(f"{name}: {note}")
    before = held.state
    held.checks = said
    held.state = State.NOT_ADMITTED if reasons else State.ADMITTED
    held.state_reason = "\n".join(reasons)
    held.save(update_fields=["checks", "state", "state_reason"])
    record(
        "admissibility checked",
        held,
        by=by,
        before={"state": before},
        after={"state": held.state},
        reason=held.state_reason,
    )
    return held


@transaction.atomic
def mark_nomination(
    nomination: TitleNomination,
    *,
    expert: Person,
    marks: Mapping[str, int],
    comment: str = "",
    done: bool,
    by: Person | None,
) -> ExpertMark:
    """Keep what an expert finds of a nomination; ``done`` closes it and opens the others' marks.

    Raises:
        WrongState: the nomination is not admissible or was proposed, or the expert is done.
        NotGiven: a mark is outside the rubric's scale, or one is missing when done.
    """
    held = _locked(nomination)
    if held.state != State.ADMITTED:
        raise WrongState(_("Experts mark admissible nominations that are not proposed yet."))
    criteria = held.cycle.series.rubric.get("criteria", [])
    given: dict[str, int] = {}
    for one in criteria:
        mark = marks.get(one["code"])
        if mark is None:
            if done:
                raise NotGiven(
                    _("Give a mark for: %(criterion)s.") % {"criterion": in_language(one["names"])}
                )
            continue
        if not 0 <= mark <= one["most"]:
            raise NotGiven(
                _("%(criterion)s takes marks from 0 to %(most)d, not %(mark)d.")
                % {"criterion": in_language(one["names"]), "most": one["most"], "mark": mark}
            )
        given[one["code"]] = mark
    row, _new = ExpertMark.objects.select_for_update().get_or_create(nomination=held, expert=expert)
    if row.done_at:
        raise WrongState(_("You have closed your marks of this nomination; they stand."))
    row.marks, row.comment = given, comment.strip()
    row.done_at = clock.now() if done else None
    row.save()
    if done:
        record("nomination marked", held, by=by, after={"expert": f"person {expert.pk}"})
    else:
        record("marks saved", held, by=by, after={"expert": f"person {expert.pk}"})
    return row


def _locked(nomination: TitleNomination) -> TitleNomination:
    return (
        TitleNomination.objects.select_for_update(of=("self",))
        .select_related("cycle__series", "country", "party")
        .get(pk=nomination.pk)
    )
