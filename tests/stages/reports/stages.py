"""Rows of the later stages that reports count."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from karvan.stages.credentials.models import Credential, SigningKey, StatusList
from karvan.stages.delivery.models import Assessment, Attendance
from karvan.stages.ventures.models import FollowUp, Membership, Milestone
from tests import make


def held(first, last, **fields):
    """An edition whose boot camp was held from first to last."""
    activity = make.activity(
        of=make.edition(**fields),
        actual_starts_on=first,
        actual_ends_on=last,
        planned_starts_on=first,
    )
    return activity.edition


def issued(enrolment, kind="completion", **fields):
    """A standing certificate."""
    key, _new = SigningKey.objects.get_or_create(
        name="key-1", defaults={"public_multibase": "z6Mk", "created_at": timezone.now()}
    )
    bits, _new = StatusList.objects.get_or_create(number=1)
    return Credential.objects.create(
        number=f"KC-{make.one()}",
        enrolment=enrolment,
        activity=enrolment.activity,
        person=enrolment.person,
        kind=kind,
        name_on_paper=enrolment.person.full_name,
        key=key,
        status_list=bits,
        status_index=make.one(),
        document={},
        issued_at=timezone.now(),
        **fields,
    )


def present(enrolment, state="present"):
    """The roll was called for this person once."""
    return Attendance.objects.create(
        session=make.session(enrolment.activity),
        enrolment=enrolment,
        state=state,
        called_at=timezone.now(),
    )


def tested(enrolment, **percents):
    """Results by code: ``tested(one, PRE=40, POST=70)``."""
    for code, percent in percents.items():
        Assessment.objects.create(
            enrolment=enrolment, code=code, percent=percent, given_at=timezone.now()
        )


def venture(edition, *founders, sector="health"):
    """A venture whose team has a founder for each of these attributes."""
    made = make.venture(make.team(edition), sector=sector)
    activity = edition.activities.first()
    for attributes in founders:
        enrolment = make.enrolment(activity, attributes=attributes)
        Membership.objects.create(team=made.team, enrolment=enrolment)
    return made


def verified(venture, code):
    """A milestone that somebody outside the team accepted."""
    return Milestone.objects.create(
        venture=venture,
        code=code,
        state="verified",
        fact_on=timezone.now().date(),
        claimed_at=timezone.now(),
        claimed_by=make.person(),
        evidence="Records",
        verified_by=make.person(),
        verified_at=timezone.now(),
    )


def asked(venture, months=12, state="silent", **answers):
    """A question some months later, and its answer if there was one."""
    now = timezone.now()
    return FollowUp.objects.create(
        venture=venture,
        months=months,
        state=state,
        due_on=now.date() - timedelta(days=10),
        token=f"token-{make.one()}",
        asked_at=now - timedelta(days=9),
        answered_at=now if state == "answered" else None,
        **answers,
    )
