"""Mark a team's work and its defence, and take the results over to its members."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.delivery.services import record_assessment

from ..access import is_instructor, is_member
from ..bench_queries import progress_of
from ..defence import THIRD, Rubric
from ..errors import InsideTheTeam, NotGiven, NotReady, WrongState
from ..models import DefenceMark, Dossier, WorkshopMark
from ..results import results_of, scheme_of, verdict_of
from .editing import locked_dossier


@transaction.atomic
def give_workshop_mark(dossier: Dossier, *, part: str, percent: int, by: Person) -> WorkshopMark:
    """Mark the measurement exercise or the logbook of a team, in per cent; again replaces it.

    Raises:
        WrongState: the person does not teach here.
        InsideTheTeam: the person is a member.
        NotGiven: no such part, or not from 0 to 100.
        Stopped: the bench is stopped.
    """
    held = locked_dossier(dossier)
    _refuse_judge(held, by)
    if part not in WorkshopMark.Part.values or not 0 <= percent <= 100:
        raise NotGiven(_("A mark is a whole number from 0 to 100."))
    known = WorkshopMark.objects.filter(dossier=held, part=part).first()
    mark, _is_new = WorkshopMark.objects.update_or_create(
        dossier=held,
        part=part,
        defaults={"percent": percent, "given_by": by, "given_at": clock.now()},
    )
    before = {"percent": known.percent} if known else {}
    after = {"part": part, "percent": percent}
    record("gave workshop mark", held, by=by, before=before, after=after)
    return mark


@transaction.atomic
def mark_defence(
    dossier: Dossier, *, marks: Mapping[str, int], comment: str = "", by: Person
) -> DefenceMark:
    """Give one's anchors for a defence, line by line; again replaces one's own.

    As many assess it as the rubric says. Where they differ too much on a line, the next
    person's marks are the third opinion; after it nothing changes.

    Raises:
        InsideTheTeam: the person is a member.
        WrongState: the person does not teach here, or enough have marked it and agree.
        NotGiven: a line has no anchor, or one that the rubric has not.
        Stopped: the bench is stopped.
    """
    held = locked_dossier(dossier)
    _refuse_judge(held, by)
    rubric = scheme_of(held.activity).rubric
    _refuse_marks(rubric, marks)
    rows = list(DefenceMark.objects.filter(dossier=held))
    own = next((one for one in rows if one.assessor_id == by.pk), None)
    settles = _settles(rubric, rows, own)
    given, is_new = DefenceMark.objects.update_or_create(
        dossier=held,
        assessor=by,
        defaults={
            "marks": dict(marks),
            "comment": comment.strip(),
            "settles": settles,
            "given_at": clock.now(),
        },
    )
    before = {} if is_new or own is None else {"marks": own.marks}
    act = "settled defence" if settles else "marked defence"
    record(act, held, by=by, before=before, after={"marks": dict(marks)})
    return given


def _settles(rubric: Rubric, rows: list[DefenceMark], own: DefenceMark | None) -> bool:
    """Whether these marks are the third opinion; refuses those that are one too many."""
    has_third = any(one.settles for one in rows)
    if own is not None:
        if has_third and not own.settles:
            raise WrongState(_("A third opinion has decided; these marks stand."))
        return own.settles
    if sum(not one.settles for one in rows) < rubric.assessors:
        return False
    if has_third or verdict_of(rubric, rows).waits_for != THIRD:
        raise WrongState(
            _("%(many)s assessors have marked this defence; no further opinion is asked for.")
            % {"many": rubric.assessors}
        )
    return True


def _refuse_marks(rubric: Rubric, marks: Mapping[str, int]) -> None:
    if not rubric.codes:
        raise WrongState(_("The design of this workshop has no rubric for the defence."))
    for code in rubric.codes:
        if not 0 <= marks.get(code, -1) <= rubric.top_of(code):
            raise NotGiven(
                _("%(code)s needs a mark from 0 to %(top)s.")
                % {"code": code, "top": rubric.top_of(code)}
            )
    if unknown := set(marks) - set(rubric.codes):
        raise NotGiven(_("The rubric has no line %(code)s.") % {"code": sorted(unknown)[0]})


def _refuse_judge(dossier: Dossier, by: Person) -> None:
    if is_member(by, dossier):
        raise InsideTheTeam(_("A member of the team cannot judge its own dossier."))
    if not is_instructor(by, dossier.activity):
        raise WrongState(_("Only those who teach in the workshop give marks."))


@transaction.atomic
def take_results(dossier: Dossier, *, by: Person) -> int:
    """Write a team's results down for every member, where certificates look for them.

    What is not known yet is left out and can be taken over later; taking over again replaces.
    Returns how many results were written.

    Raises:
        WrongState, InsideTheTeam: the person may not judge this team.
        NotReady: nobody is in the team, or the design has no assessments.
    """
    rows = Dossier.objects.select_for_update(of=("self",)).select_related(
        "activity__edition__blueprint", "device_type"
    )
    found = rows.get(pk=dossier.pk)
    _refuse_judge(found, by)
    scheme = scheme_of(found.activity)
    results = results_of(found, scheme, progress_of([found])[found.pk])
    members = list(found.members.filter(left_on__isnull=True).select_related("enrolment"))
    if not members or not results.by_code:
        raise NotReady(
            _("“%(dossier)s” has nobody in its team, or nothing is assessed here.")
            % {"dossier": found}
        )
    for member in members:
        for code, percent in results.by_code.items():
            record_assessment(member.enrolment, code=code, percent=percent, by=by)
    record("took results over", found, by=by, after={"results": dict(results.by_code)})
    return len(members) * len(results.by_code)
