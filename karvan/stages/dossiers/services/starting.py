"""Start a dossier with a team, and change who is in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import in_language
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document

from ..errors import NotGiven, WrongState
from ..gates import ITEMS
from ..models import DeviceType, DeviceUnit, Dossier, GateCheck, Member, Risk, TestCase
from .editing import locked_dossier

TEAM_SIZE = {"min": 3, "max": 4}


@transaction.atomic
def start_dossier(
    activity: Activity,
    *,
    title: str,
    device_type: DeviceType,
    members: Sequence[Enrolment],
    language: str = "en",
    by: Person | None,
) -> Dossier:
    """Open a team's dossier: the device's kind brings gate items, risks and test cases.

    What the templates bring is written in the dossier's language; test limits stay
    unconfirmed until a trainer confirms them.

    Raises:
        NotGiven: no title, or the team is too small or too large for the design.
        WrongState: no workshop, or a participant works on another dossier already.
    """
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if activity.format != "workshop":
        raise WrongState(_("Dossiers belong to a workshop."))
    if not title.strip():
        raise NotGiven(_("Give the dossier a title."))
    _refuse_team(activity, members)
    made = Dossier.objects.create(
        activity=activity,
        code=_next_code(activity),
        title=title.strip(),
        language=language,
        device_type=device_type,
        currency=activity.edition.country.currency,
        author=by,
    )
    DeviceUnit.objects.create(
        dossier=made, emdn=device_type.default_emdn, emdn_note=device_type.note[:300], author=by
    )
    Member.objects.bulk_create([Member(dossier=made, enrolment=one) for one in members])
    _bring_templates(made, device_type, by)
    after = {"title": made.title, "kind": device_type.code, "members": len(members)}
    record("started dossier", made, by=by, after=after)
    return made


@transaction.atomic
def add_member(dossier: Dossier, *, enrolment: Enrolment, by: Person) -> Member:
    """Let a participant join a team; one who had left it comes back.

    Raises:
        WrongState: the participant is of another workshop, works on another dossier, or the team is full.
    """
    held = locked_dossier(dossier)
    present = [one.enrolment for one in held.members.filter(left_on__isnull=True)]
    most = team_size(held.activity)["max"]
    if len(present) >= most:
        raise WrongState(_("A team has at most %(most)s members here.") % {"most": most})
    _refuse_busy(held.activity, [enrolment])
    member, _is_new = Member.objects.update_or_create(
        dossier=held, enrolment=enrolment, defaults={"left_on": None}
    )
    record("joined team", held, by=by, after={"members": len(present) + 1})
    return member


@transaction.atomic
def remove_member(member: Member, *, by: Person) -> Member:
    """Let a member leave a team; what he or she did stays written down.

    Raises:
        WrongState: has left already.
    """
    held = locked_dossier(member.dossier)
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.left_on is not None:
        raise WrongState(_("This member has left already."))
    member.left_on = clock.today()
    member.save(update_fields=["left_on"])
    left = held.members.filter(left_on__isnull=True).count()
    record("member left", held, by=by, after={"members": left})
    return member


def team_size(activity: Activity) -> Mapping[str, int]:
    """How many are in a team by the workshop's design; three to four where it does not say."""
    try:
        cohort = activity_document(activity).get("cohort") or {}
    except KeyError:
        cohort = {}
    return {**TEAM_SIZE, **(cohort.get("team_size") or {})}


def _refuse_team(activity: Activity, members: Sequence[Enrolment]) -> None:
    size = team_size(activity)
    if not size["min"] <= len({one.pk for one in members}) <= size["max"]:
        words = {"least": size["min"], "most": size["max"], "found": len(members)}
        raise NotGiven(
            _("A team has %(least)s to %(most)s members here; %(found)s are chosen.") % words
        )
    _refuse_busy(activity, members)


def _refuse_busy(activity: Activity, members: Sequence[Enrolment]) -> None:
    for one in members:
        if one.activity_id != activity.pk or one.state == Enrolment.State.LEFT:
            raise WrongState(_("%(person)s does not take part in this workshop.") % {"person": one})
    busy = Member.objects.filter(enrolment__in=members, left_on__isnull=True)
    for other in busy.select_related("dossier", "enrolment__person"):
        words = {"person": other.enrolment, "dossier": other.dossier}
        raise WrongState(_("%(person)s works on “%(dossier)s” already.") % words)


def _next_code(activity: Activity) -> str:
    used = set(Dossier.objects.filter(activity=activity).values_list("code", flat=True))
    numbers = (f"D{number:02}" for number in range(1, len(used) + 2))
    return next(code for code in numbers if code not in used)


def _bring_templates(dossier: Dossier, kind: DeviceType, by: Person | None) -> None:
    add_gate_items(dossier)
    said: Any = lambda value: in_language(value, dossier.language)  # noqa: E731
    Risk.objects.bulk_create(
        Risk(
            dossier=dossier,
            code=f"R{number:02}",
            hazard=one["hazard"],
            sequence=said(one.get("sequence", "")),
            situation=said(one["situation"]),
            harm=said(one["harm"]),
            severity=one["severity"],
            probability=one["probability"],
            author=by,
        )
        for number, one in enumerate(kind.hazards, start=1)
    )
    TestCase.objects.bulk_create(
        TestCase(
            dossier=dossier,
            code=one["code"],
            title=said(one["title"]),
            clause=one.get("clause", ""),
            procedure=said(one.get("procedure", "")),
            limit_low=one.get("limit_low"),
            limit_high=one.get("limit_high"),
            unit=one.get("unit", ""),
            decision_rule=one.get("decision_rule", TestCase.Rule.GUARD_BAND),
            confirmed=False,
            author=by,
        )
        for one in kind.tests
    )


def add_gate_items(dossier: Dossier) -> None:
    """Give a dossier the gate items that it lacks; those it has stay as they are."""
    held = set(dossier.gate_checks.values_list("code", flat=True))
    GateCheck.objects.bulk_create(
        GateCheck(
            dossier=dossier, order=number, code=item.code, kind=item.kind, blocking=item.blocking
        )
        for number, item in enumerate(ITEMS, start=1)
        if item.code not in held
    )
