"""Which columns the records behind a figure have, kind by kind. Applications never show names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.foundation.ui.registers import Column
from karvan.stages.agreements.models import Commitment
from karvan.stages.calls.models import Application
from karvan.stages.delivery.models import Enrolment
from karvan.stages.heritage.models import Monument
from karvan.stages.heritage.surveys_words import class_word
from karvan.stages.ventures.models import FollowUp, Venture

from ..addresses import address_of

Shape = tuple[tuple[Column, ...], Callable[[Any], str] | None, tuple[str, ...], tuple[str, ...]]

SHAPES: dict[type[models.Model], Shape] = {
    Application: (
        (
            Column("number", _("Number"), sort="number"),
            Column("edition", _("Edition"), value="call.activity.edition", kind="name"),
            Column("activity", _("Activity"), value="call.activity", kind="name"),
            Column("submitted_at", _("Submitted"), kind="moment", sort="submitted_at"),
        ),
        None,
        ("call__activity__edition",),
        ("answers", "call__form", "call__texts"),
    ),
    Enrolment: (
        (
            Column("person", _("Participant"), kind="name", sort="person__full_name"),
            Column("edition", _("Edition"), value="activity.edition", kind="name"),
            Column("activity", _("Activity"), kind="name"),
            Column("state", _("State"), value="get_state_display"),
        ),
        None,
        ("person", "activity__edition"),
        (),
    ),
    Person: (
        (
            Column("full_name", _("Trainer"), kind="name", sort="full_name"),
            Column("country", _("Lives in"), kind="name", sort="country_id"),
        ),
        None,
        ("country",),
        (),
    ),
    Venture: (
        (
            Column("name", _("Venture"), kind="name", sort="name"),
            Column("edition", _("Edition"), value="team.edition", kind="name"),
            Column("sector", _("Sector"), sort="sector"),
        ),
        address_of,
        ("team__edition",),
        (),
    ),
    FollowUp: (
        (
            Column("venture", _("Venture"), kind="name", sort="venture__name"),
            Column("edition", _("Edition"), value="venture.team.edition", kind="name"),
            Column("months", _("Months after"), kind="number", sort="months"),
            Column("state", _("State"), value="get_state_display"),
            Column("is_active", _("Active"), kind="flag"),
            Column("paid_jobs", _("Paid jobs"), kind="number", sort="paid_jobs"),
        ),
        address_of,
        ("venture__team__edition",),
        (),
    ),
    Monument: (
        (
            Column("names", _("Monument"), kind="name", sort="national_id"),
            Column("national_id", _("Number in the register"), sort="national_id"),
            Column(
                "condition",
                _("Class"),
                value=lambda one: class_word(one.condition),
                sort="condition",
            ),
        ),
        address_of,
        ("register",),
        ("raw", "search_key"),
    ),
    Commitment: (
        (
            Column("titles", _("Promise"), kind="name", sort="code"),
            Column("owner", _("Owner"), kind="name", sort="owner__code"),
            Column("due_on", _("Due"), kind="date", sort="due_on"),
        ),
        address_of,
        ("owner",),
        (),
    ),
}


def columns_for(kind: type[models.Model]) -> Shape:
    """Columns, where a row leads, what to fetch with it, what to leave."""
    return SHAPES[kind]
