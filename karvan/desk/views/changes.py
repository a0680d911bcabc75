"""What was recorded, newest first, and the check that nobody changed it afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.records.queries import verify_chain
from karvan.foundation.ui import formats
from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.requests import Request

from .. import access

COLUMNS = (
    Column("number", gettext_lazy("Number"), kind="number", sort="number"),
    Column("at", gettext_lazy("When"), kind="moment", sort="at"),
    Column("by", gettext_lazy("Who"), kind="name"),
    Column("act", gettext_lazy("Act"), value=lambda row: _(row.act.replace("_", " ")), sort="act"),
    Column("subject", gettext_lazy("Subject"), value="subject_label"),
    Column("scope", gettext_lazy("Scope"), sort="scope"),
    Column("reason", gettext_lazy("Reason")),
)


@login_required
@require_GET
def changes(request: Request) -> HttpResponse:
    """The records of the person's scopes."""
    register = Register(
        request,
        access.records_for(request.user),
        COLUMNS,
        name="changes",
        caption=_("What was recorded"),
        order=("-number",),
        search=lambda rows, words: (
            rows.filter(act__icontains=words) | rows.filter(subject_label__icontains=words)
        ),
        empty_title=_("Nothing has been recorded yet"),
        empty_text=_("Every act is listed here from the first one on."),
    )
    if register.wants_file:
        return register.file()
    context = {"register": register, "may_check": access.may_check(request.user)}
    return render(request, "desk/changes.html", context)


@login_required
@require_POST
def check_chain(request: Request) -> HttpResponse:
    """Walk the whole chain of records and state whether it holds."""
    access.require_may_check(request.user)
    report = verify_chain()
    if report.broken_at is None:
        words = ngettext(
            "%(count)s record follows on the other, unchanged.",
            "%(count)s records follow one on the other, all unchanged.",
            report.checked,
        )
        messages.success(request, words % {"count": formats.number(report.checked)})
    else:
        messages.error(
            request,
            _("The chain breaks at record %(number)s: %(why)s.")
            % {"number": report.broken_at, "why": report.why},
        )
    return redirect("desk:changes")
