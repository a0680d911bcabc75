"""Who may reach which dossier: its team, the workshop's trainers, and who reads its edition.

Participants of the same workshop read each other's dossiers (they review each other) and change
only their own. What a trainer may do beyond teaching follows from the trainer roles of the
design: one with ``can_stop`` is the safety officer, the one called IP the adviser in law.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from karvan.foundation.files.models import StoredFile
from karvan.foundation.people.access import READERS, RUNNERS, holds, scopes_of, within
from karvan.foundation.people.models import Person
from karvan.stages.delivery.access import edition_for
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.editions.queries import activity_document
from karvan.stages.timetables.models import Trainer

from .gates import ADVISER_KINDS, SAFETY_KINDS
from .models import DeviceType, Dossier, GateCheck, LabelPhoto, Member, PeerReview

TEACHERS = (*RUNNERS, "trainer")
OVERSEERS = (*READERS, "trainer")
IP_ROLE = "IP"
LEAD_ROLE = "LEAD"


def edition_with_dossiers(person: Person, slug: str) -> Edition:
    """An edition in which the person reads, teaches or takes part, or 404."""
    return edition_for(person, slug)


def dossiers_for(person: Person) -> QuerySet[Dossier]:
    """Dossiers of the workshops that the person reads, teaches in or takes part in."""
    own = Enrolment.objects.filter(person=person).exclude(state=Enrolment.State.LEFT)
    reached = Dossier.objects.filter(
        within(person, OVERSEERS, "activity__scope") | Q(activity__in=own.values("activity"))
    )
    return Dossier.objects.filter(pk__in=reached.values("pk")).select_related(
        "activity__edition__country", "activity__edition__blueprint", "device_type", "stopped_by"
    )


def dossier_for(person: Person, edition: str, pk: int) -> Dossier:
    """A dossier the person may read, or 404."""
    return get_object_or_404(dossiers_for(person), pk=pk, activity__edition__slug=edition)


def is_member(person: Person, dossier: Dossier) -> bool:
    """True while the person is in the dossier's team."""
    return Member.objects.filter(
        dossier=dossier, enrolment__person=person, left_on__isnull=True
    ).exists()


def may_edit(person: Person, dossier: Dossier) -> bool:
    """True for the team, and for who runs or teaches the workshop."""
    return holds(person, TEACHERS, dossier.scope) or is_member(person, dossier)


def dossier_to_edit(person: Person, edition: str, pk: int) -> Dossier:
    """A dossier the person may change; 403 for other readers. State is the services' matter."""
    dossier = dossier_for(person, edition, pk)
    if not may_edit(person, dossier):
        raise PermissionDenied
    return dossier


def dossier_to_teach(person: Person, edition: str, pk: int) -> Dossier:
    """A dossier of a workshop the person teaches in or runs: to comment, check, mark."""
    dossier = dossier_for(person, edition, pk)
    if not holds(person, TEACHERS, dossier.scope):
        raise PermissionDenied
    return dossier


def dossier_to_stop(person: Person, edition: str, pk: int) -> Dossier:
    """A dossier whose bench the person may stop and let go on: the safety officer."""
    dossier = dossier_for(person, edition, pk)
    if not is_safety_officer(person, dossier.activity):
        raise PermissionDenied
    return dossier


def dossier_to_review(person: Person, edition: str, pk: int) -> Dossier:
    """A dossier the person may review as a peer: anybody inside who is not of its team."""
    dossier = dossier_for(person, edition, pk)
    if is_member(person, dossier):
        raise PermissionDenied
    return dossier


def is_safety_officer(person: Person, activity: Activity) -> bool:
    """True for a trainer of the activity whose role in the design may stop a bench."""
    stopping = {
        one["code"] for one in _design(activity).get("trainer_roles", ()) if one.get("can_stop")
    }
    return bool(stopping & set(_trainer_roles(person, activity)))


def is_adviser(person: Person, activity: Activity) -> bool:
    """True for the activity's legal and licensing adviser."""
    return IP_ROLE in _trainer_roles(person, activity)


def is_instructor(person: Person, activity: Activity) -> bool:
    """True for every trainer of the activity, and for who runs it."""
    return holds(person, TEACHERS, activity.scope)


def workshops_of(person: Person, edition: Edition) -> QuerySet[Activity]:
    """The edition's workshops whose dossiers the person may see."""
    rows = Activity.objects.filter(edition=edition, format="workshop")
    if holds(person, OVERSEERS, edition.scope):
        return rows
    return rows.filter(
        within(person, OVERSEERS, "scope") | Q(scope__in=scopes_of(person, ("participant",)))
    )


def workshop_to_teach(person: Person, edition: str, code: str) -> Activity:
    """A workshop the person teaches in or runs; 404 where no role reaches it, else 403."""
    found = edition_with_dossiers(person, edition)
    activity = get_object_or_404(
        Activity.objects.select_related("edition__blueprint"),
        edition=found,
        code=code,
        format="workshop",
    )
    if not holds(person, TEACHERS, activity.scope):
        raise PermissionDenied
    return activity


def file_of(dossier: Dossier, rows: QuerySet[StoredFile], pk: int) -> StoredFile:
    """A stored file among ``rows`` of a dossier the caller has reached already, or 404."""
    found = rows.filter(pk=pk, scope=dossier.scope).first()
    if found is None:
        raise Http404
    return found


def _design(activity: Activity) -> dict[str, Any]:
    """The activity's part of the design; empty where a departure took it out."""
    try:
        return activity_document(activity)
    except KeyError:
        return {}


def _trainer_roles(person: Person, activity: Activity) -> list[str]:
    held = Trainer.objects.filter(activity=activity, person=person).first()
    return list(held.roles) if held else []


def edition_workshops(person: Person, slug: str) -> tuple[Edition, QuerySet[Activity]]:
    """An edition and those of its workshops whose dossiers the person may see, or 404."""
    edition = edition_with_dossiers(person, slug)
    return edition, workshops_of(person, edition).order_by("position")


def dossiers_of(person: Person, edition: Edition) -> QuerySet[Dossier]:
    """The dossiers of an edition that the person may see."""
    return dossiers_for(person).filter(activity__edition=edition)


def workshops_to_start_in(person: Person, edition: Edition) -> QuerySet[Activity]:
    """The workshops of an edition in which the person may start a dossier."""
    rows = Activity.objects.filter(edition=edition, format="workshop").order_by("position")
    return rows.filter(within(person, TEACHERS, "scope"))


def free_enrolments(activity: Activity) -> QuerySet[Enrolment]:
    """Participants of a workshop who work on no dossier."""
    busy = Member.objects.filter(enrolment__activity=activity, left_on__isnull=True)
    return (
        Enrolment.objects.filter(activity=activity, state=Enrolment.State.ENROLLED)
        .exclude(pk__in=busy.values("enrolment"))
        .select_related("person", "group")
    )


def is_lead(person: Person, activity: Activity) -> bool:
    """True for the activity's lead instructor, and for who runs it."""
    return holds(person, RUNNERS, activity.scope) or LEAD_ROLE in _trainer_roles(person, activity)


def may_move(person: Person, dossier: Dossier, to: str) -> bool:
    """True if the person has the role that brings a dossier to the state ``to``."""
    activity = dossier.activity
    if to == Dossier.State.CLEARED:
        return is_safety_officer(person, activity)
    if to in (Dossier.State.TEARDOWN, Dossier.State.REDESIGN):
        return is_member(person, dossier)
    if to in (Dossier.State.RELEASED, Dossier.State.SUPERSEDED):
        return is_lead(person, activity)
    if to in (Dossier.State.DOCUMENTED, Dossier.State.VERIFIED):
        return is_instructor(person, activity) and not is_member(person, dossier)
    return is_instructor(person, activity)


def dossier_to_move(person: Person, edition: str, pk: int, to: str) -> Dossier:
    """A dossier that the person may bring to the state ``to``; 403 for other readers."""
    dossier = dossier_for(person, edition, pk)
    if not may_move(person, dossier, to):
        raise PermissionDenied
    return dossier


def signs_kinds(person: Person, activity: Activity) -> tuple[str, ...]:
    """The kinds of gate item that the person may sign in a workshop."""
    safety = SAFETY_KINDS if is_safety_officer(person, activity) else ()
    return (*safety, *(ADVISER_KINDS if is_adviser(person, activity) else ()))


def dossier_to_sign(person: Person, edition: str, pk: int) -> Dossier:
    """A dossier some of whose gate items the person may sign."""
    dossier = dossier_for(person, edition, pk)
    if not signs_kinds(person, dossier.activity):
        raise PermissionDenied
    return dossier


def dossier_to_assess(person: Person, edition: str, pk: int) -> Dossier:
    """A dossier whose defence the person may assess: who teaches and is not of its team."""
    dossier = dossier_to_teach(person, edition, pk)
    if is_member(person, dossier):
        raise PermissionDenied
    return dossier


def gate_check_of(dossier: Dossier, pk: int) -> GateCheck:
    """One gate item of a dossier the caller has reached already, or 404."""
    return get_object_or_404(GateCheck, pk=pk, dossier=dossier)


def label_photo_of(dossier: Dossier, pk: int) -> LabelPhoto:
    """One label photograph of a dossier the caller has reached already, or 404."""
    return get_object_or_404(
        LabelPhoto.objects.select_related("file", "unit"), pk=pk, unit__dossier=dossier
    )


def paper_of(dossier: Dossier, which: str) -> StoredFile:
    """A paper of the device: the owner's permission or the decontamination certificate, or 404."""
    unit = getattr(dossier, "unit", None)
    papers = {"permission": "owner_permission", "decontamination": "decontamination_file"}
    found = getattr(unit, papers.get(which, ""), None) if unit else None
    if not isinstance(found, StoredFile):
        raise Http404
    return found


def review_of(dossier: Dossier, pk: int) -> PeerReview:
    """One peer review of a dossier the caller has reached already, or 404."""
    return get_object_or_404(PeerReview.objects.select_related("author"), pk=pk, dossier=dossier)


def member_of(dossier: Dossier, pk: int) -> Member:
    """One member of a dossier the caller has reached already, or 404."""
    return get_object_or_404(
        Member.objects.select_related("enrolment__person"),
        pk=pk,
        dossier=dossier,
    )


def dossiers_to_judge(person: Person, activity: Activity) -> QuerySet[Dossier]:
    """The dossiers of a workshop the person has reached already, without the person's own."""
    own = Member.objects.filter(enrolment__person=person, left_on__isnull=True)
    rows = Dossier.objects.filter(activity=activity).exclude(pk__in=own.values("dossier"))
    return rows.exclude(state=Dossier.State.WITHDRAWN)


def device_types() -> QuerySet[DeviceType]:
    """Every kind of device, for whoever the caller has let in."""
    return DeviceType.objects.all()


def device_type(code: str) -> DeviceType:
    """One kind of device by its code, or 404."""
    return get_object_or_404(DeviceType, code=code)
