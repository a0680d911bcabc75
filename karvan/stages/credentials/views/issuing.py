"""Who has earned a certificate, who has one, and the act that issues them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from karvan.foundation.people.access import READERS
from karvan.foundation.texts import fold
from karvan.foundation.ui.registers import Column, Filter, Pick, Register
from karvan.foundation.web.posting import stated
from karvan.foundation.web.requests import Request
from karvan.stages.editions.models import Activity, Edition

from .. import access, queries, services
from ..models import Credential
from ..rosters import roster_of
from ..states import state_mark, state_word

MOST_AT_ONCE = 100  # certificates a request: about four seconds

COLUMNS = (
    Column("number", gettext_lazy("Number"), sort="number"),
    Column("name", gettext_lazy("Name"), value="name_on_paper", kind="name", sort="name_on_paper"),
    Column("activity", gettext_lazy("Activity"), value="activity.code", sort="activity__position"),
    Column("kind", gettext_lazy("Certificate"), value="get_kind_display", sort="kind"),
    Column(
        "state", gettext_lazy("State"), kind="state", value=state_mark, word=state_word,
        sort="revoked_at",
    ),
    Column("issued", gettext_lazy("Issued"), value=lambda c: c.issued_at.date(), kind="date", sort="issued_at"),
    Column(
        "revoked", gettext_lazy("Revoked"), kind="date", shown=False,
        value=lambda c: c.revoked_at.date() if c.revoked_at else None,
    ),
    Column("reason", gettext_lazy("Why revoked"), value="revoked_reason", shown=False),
)  # fmt: skip
FILTERS = (
    Filter("standing", gettext_lazy("Valid"), Q(revoked_at__isnull=True)),
    Filter(
        "corrected",
        gettext_lazy("Corrected"),
        Q(revoked_at__isnull=False, corrected_by__isnull=False),
    ),
    Filter(
        "revoked",
        gettext_lazy("Revoked"),
        Q(revoked_at__isnull=False, corrected_by__isnull=True),
    ),
)


def found_by_words(rows: QuerySet[Credential], words: str) -> QuerySet[Credential]:
    """By number, by the name on paper or by any spelling of the holder's."""
    return rows.filter(
        Q(number__icontains=words)
        | Q(name_on_paper__icontains=words)
        | Q(person__search_key__contains=fold(words))
    )


@login_required
@require_safe
def edition(request: Request, edition: str) -> HttpResponse:
    """The edition's certificates: how many hold one in each activity, and the register of all.

    Who only holds one is led to his or her own.
    """
    try:
        found = access.edition_to_read(request.user, edition)
    except (PermissionDenied, Http404):
        if access.holds_some_in(request.user, edition):
            return redirect("credentials:mine")
        raise
    activities = list(queries.activities_with_credentials(found))
    register = _register(request, found, activities)
    if register.wants_file:
        return register.file()
    context = {"edition": found, "activities": activities, "register": register}
    return render(request, "credentials/edition.html", context)


def _register(request: Request, found: Edition, activities: Sequence[Activity]) -> Register:
    """All certificates of the edition."""
    return Register(
        request,
        queries.credentials_of(found),
        COLUMNS,
        name="credentials",
        caption=_("Certificates"),
        order=("-issued_at",),
        filters=FILTERS,
        picks=[
            Pick(
                "of", _("Activity"), [(one.code, str(one)) for one in activities], "activity__code"
            ),
            Pick("kind", _("Certificate"), Credential.Kind.choices, "kind"),
        ],
        search=found_by_words,
        row_url=lambda row: reverse("credentials:credential", args=[found.slug, row.number]),
        empty_title=_("No certificate yet"),
        empty_text=_("Open an activity above: it says who has earned one and issues them."),
    )


@login_required
@require_safe
def activity(request: Request, edition: str, activity: str) -> HttpResponse:
    """Who has earned a certificate and who lacks what."""
    found = access.activity_for(request.user, edition, activity, READERS)
    context: dict[str, Any] = {
        "activity": found,
        "roster": roster_of(found),
        "may_issue": access.may_issue(request.user, found.scope),
    }
    return render(request, "credentials/activity.html", context)


@login_required
@require_POST
def issue_all(request: Request, edition: str, activity: str) -> HttpResponse:
    """Issue to all who have earned one and have none, a hundred at a time."""
    found = access.activity_to_run(request.user, edition, activity)
    outcome = stated(
        request, lambda: services.issue_for_activity(found, by=request.user, most=MOST_AT_ONCE)
    )
    if outcome:
        messages.success(request, _outcome(found, outcome))
    return redirect("credentials:activity", edition=edition, activity=activity)


@login_required
@require_POST
def issue_one(request: Request, edition: str, activity: str, pk: int) -> HttpResponse:
    """Issue to one participant, also to one whose certificate was revoked."""
    enrolment = access.enrolment_to_award(request.user, edition, activity, pk)
    made = stated(request, lambda: services.issue_credential(enrolment, by=request.user))
    if made:
        messages.success(request, _("%(number)s was issued.") % {"number": made.number})
    return redirect("credentials:activity", edition=edition, activity=activity)


def _outcome(found: Activity, outcome: services.Issued) -> str:
    """What was done, and how many are still to come."""
    done = len(outcome.issued)
    words = ngettext(
        "%(count)s certificate of %(activity)s was issued.",
        "%(count)s certificates of %(activity)s were issued.",
        done,
    ) % {"count": done, "activity": found}
    if waiting := len(outcome.waiting):
        more = ngettext(
            "%(count)s is still to be issued.", "%(count)s are still to be issued.", waiting
        )
        return f"{words} {more % {'count': waiting}}"
    return words
