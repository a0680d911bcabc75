"""Forums and processes: the register, the record, and their entries."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from karvan.foundation.records.queries import history_of
from karvan.foundation.ui.registers import Column, Register
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from ..access import partnerships as access
from ..forms.partnerships import ForumForm
from ..partnerships_shown import mark_of, word_of
from ..services import partnerships as services

COLUMNS = (
    Column("names", gettext_lazy("Forum"), kind="name", sort="code"),
    Column("kind", gettext_lazy("Kind"), value="get_kind_display", sort="kind"),
    Column("led_by", gettext_lazy("Led by"), kind="name", sort="led_by__code"),
    Column("partner_count", gettext_lazy("Partners"), kind="number", sort="partner_count"),
)


@login_required
@require_GET
def forums(request: Request) -> HttpResponse:
    """The register of forums and processes."""
    access.may_read(request.user)
    keeps = access.keeps(request.user)
    listed = Register(
        request,
        access.forums_for(request.user),
        COLUMNS,
        name="forums",
        caption=_("Forums and processes"),
        order=("code",),
        row_url=lambda one: reverse("convening:forum", args=[one.code]),
        empty_title=_("No forum yet"),
        empty_text=_("A process or a forum that one side leads and of which others are partners."),
        empty_url=reverse("convening:forum_new") if keeps else "",
        empty_label=_("Enter a forum"),
    )
    if listed.wants_file:
        return listed.file()
    return render(request, "convening/forums.html", {"register": listed, "is_keeper": keeps})


@login_required
@require_GET
def forum(request: Request, code: str) -> HttpResponse:
    """One forum, and who is what to it."""
    found = access.forum_for(request.user, code)
    rows = access.partnerships_for(request.user).filter(forum=found)
    context = {
        "forum": found,
        "partnerships": [(one, mark_of(one), word_of(one)) for one in rows],
        "is_keeper": access.keeps(request.user),
        "records": history_of(found),
    }
    return render(request, "convening/forum.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Enter a forum."""
    access.may_keep(request.user)
    form = ForumForm(request.POST or None, choices={"led_by": access.parties_to_choose()})
    made = done(form, lambda **typed: services.name_forum(by=request.user, **typed))
    if made:
        return redirect("convening:forum", code=made.code)
    status = 422 if form.is_bound else 200
    return render(request, "convening/forum_new.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: Request, code: str) -> HttpResponse:
    """Change what is written of a forum."""
    found = access.forum_to_run(request.user, code)
    now = {name: getattr(found, name) for name in ("names", "kind", "led_by", "website", "source")}
    form = ForumForm(
        request.POST or None,
        initial=now,
        is_new=False,
        choices={"led_by": access.parties_to_choose()},
    )
    if done(form, lambda **typed: services.change_forum(found, by=request.user, **typed)):
        return redirect("convening:forum", code=code)
    status = 422 if form.is_bound else 200
    context = {"form": form, "forum": found}
    return render(request, "convening/forum_new.html", context, status=status)
