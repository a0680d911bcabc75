"""Write requirements, link them, accept that one is not met as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.errors import InsideTheTeam, NotGiven, NotOfThisDossier
from karvan.stages.dossiers.models import Dossier, Member, Requirement, TestCase

from .editing import locked_dossier


@transaction.atomic
def add_requirement(
    dossier: Dossier,
    *,
    code: str,
    type: str,
    statement: str,
    by: Person | None,
    rationale: str = "",
    source: str = "",
    priority: str = Requirement.Priority.MUST,
    essential: bool = False,
    verification: str = "",
    fulfils: Sequence[str] = (),
    tested_by: Iterable[TestCase] = (),
) -> Requirement:
    """Write a requirement. ``fulfils`` are codes; those that are not here are kept as dangling.

    Links of others that named this code and led nowhere now lead here.

    Raises:
        NotGiven: the code is taken, or it names itself.
        NotOfThisDossier: a test is another dossier's.
    """
    held = locked_dossier(dossier)
    _check_code(held, code)
    made = Requirement.objects.create(
        dossier=held,
        code=code,
        type=type,
        statement=statement,
        rationale=rationale,
        source=source,
        priority=priority,
        essential=essential,
        verification=verification,
        author=by,
    )
    link_requirement(made, fulfils=fulfils)
    _set_tests(made, tested_by)
    tie_loose_ends(held, codes=[code])
    record("requirement added", held, by=by, after={"code": code, "statement": statement})
    return made


@transaction.atomic
def change_requirement(
    requirement: Requirement,
    *,
    code: str,
    type: str,
    statement: str,
    by: Person | None,
    rationale: str = "",
    source: str = "",
    priority: str = Requirement.Priority.MUST,
    essential: bool = False,
    verification: str = "",
    fulfils: Sequence[str] = (),
    tested_by: Iterable[TestCase] = (),
) -> Requirement:
    """Write a requirement anew, links and tests included.

    Raises:
        NotGiven: the code is taken, or it names itself.
        NotOfThisDossier: a test is another dossier's.
    """
    held = locked_dossier(requirement.dossier)
    row = Requirement.objects.select_for_update().get(pk=requirement.pk)
    if code != row.code:
        _check_code(held, code)
    before = {"code": row.code, "statement": row.statement}
    values = {
        "code": code,
        "type": type,
        "statement": statement,
        "rationale": rationale,
        "source": source,
        "priority": priority,
        "essential": essential,
        "verification": verification,
    }
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    link_requirement(row, fulfils=fulfils)
    _set_tests(row, tested_by)
    tie_loose_ends(held, codes=[code])
    after = {"code": code, "statement": statement}
    record("requirement changed", held, by=by, before=before, after=after)
    return row


@transaction.atomic
def remove_requirement(requirement: Requirement, *, by: Person | None) -> None:
    """Take a requirement out. Links of others to it stay as codes that lead nowhere."""
    held = locked_dossier(requirement.dossier)
    row = Requirement.objects.select_for_update().get(pk=requirement.pk)
    for other in row.fulfilled_by.all():
        other.dangling = sorted({*other.dangling, row.code})
        other.save(update_fields=["dangling", "changed_at"])
    before = {"code": row.code, "statement": row.statement}
    row.delete()
    record("requirement removed", held, by=by, before=before)


@transaction.atomic
def accept_deviation(requirement: Requirement, *, deviation: str, by: Person) -> Requirement:
    """Accept that the design departs from a requirement, by somebody who is not of the team.

    Raises:
        NotGiven: it is not said what departs and why it may.
        InsideTheTeam: the person is a member of the team.
    """
    held = locked_dossier(requirement.dossier)
    row = Requirement.objects.select_for_update().get(pk=requirement.pk)
    if not deviation.strip():
        raise NotGiven(_("Say what departs from %(code)s and why it may.") % {"code": row.code})
    if Member.objects.filter(dossier=held, enrolment__person=by, left_on__isnull=True).exists():
        raise InsideTheTeam(_("A member of the team cannot accept its deviations."))
    row.deviation, row.deviation_accepted_by = deviation.strip(), by
    row.save(update_fields=["deviation", "deviation_accepted_by", "changed_at"])
    record("deviation accepted", held, by=by, after={"code": row.code, "reason": row.deviation})
    return row


def link_requirement(requirement: Requirement, *, fulfils: Sequence[str]) -> None:
    """Set what a requirement fulfils by codes; those that are not here are kept as dangling.

    Raises:
        NotGiven: it names itself.
    """
    if requirement.code in fulfils:
        raise NotGiven(_("%(code)s cannot fulfil itself.") % {"code": requirement.code})
    known = Requirement.objects.filter(dossier_id=requirement.dossier_id, code__in=fulfils)
    requirement.fulfils.set(known)
    here = {one.code for one in known}
    requirement.dangling = [code for code in dict.fromkeys(fulfils) if code not in here]
    requirement.save(update_fields=["dangling", "changed_at"])


def tie_loose_ends(dossier: Dossier, *, codes: Iterable[str]) -> int:
    """Turn links that led nowhere into links to requirements that are here by now."""
    by_code = {one.code: one for one in dossier.requirements.filter(code__in=list(codes))}
    tied = 0
    for other in dossier.requirements.exclude(dangling=[]):
        found = [
            by_code[code] for code in other.dangling if code in by_code and by_code[code] != other
        ]
        if found:
            other.fulfils.add(*found)
            other.dangling = [code for code in other.dangling if code not in by_code]
            other.save(update_fields=["dangling", "changed_at"])
            tied += len(found)
    return tied


def _check_code(dossier: Dossier, code: str) -> None:
    if dossier.requirements.filter(code=code).exists():
        raise NotGiven(_("There is a requirement %(code)s already.") % {"code": code})


def _set_tests(requirement: Requirement, tests: Iterable[TestCase]) -> None:
    chosen = list(tests)
    if any(case.dossier_id != requirement.dossier_id for case in chosen):
        raise NotOfThisDossier(_("This test belongs to another dossier."))
    requirement.tested_by.set(chosen)
