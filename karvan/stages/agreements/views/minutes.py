"""The room where minutes are taken. Every act works as a form; the script sends the same ones."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation import clock
from karvan.foundation.errors import RuleBroken
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, papers, services
from ..errors import ChangedMeanwhile
from ..forms import RoomItemForm
from ..minutes_shown import chosen_pair, empty_fields, language_choices, room_items, written
from ..models import Consultation, MinutesItem


@login_required
@require_http_methods(["GET", "POST"])
def minutes(request: Request, code: str) -> HttpResponse:
    """The sentences so far and the next one."""
    meeting = access.consultation_to_run(request.user, code)
    form = RoomItemForm(request.POST or None, topics=meeting.topics.all())
    item = done(form, lambda **typed: _add(request, meeting, typed))
    if _is_script(request) and request.method == "POST":
        return _said(item) if item else _refused(form)
    if item:
        messages.success(request, _("Item %(number)s is written.") % {"number": item.number})
        return redirect(f"{reverse('agreements:minutes', args=[code])}#next")
    first, others = empty_fields(meeting, request.POST)
    context = {
        **_items(meeting),
        "form": form,
        "first": first,
        "others": others,
        "key": request.POST.get("key") or uuid4(),
        "kind": request.POST.get("kind", "agreement"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "agreements/minutes.html", context, status=status)


@login_required
@require_GET
def minutes_items(request: Request, code: str) -> HttpResponse:
    """The sentences alone, for a room that looks what others have written."""
    meeting = access.consultation_to_run(request.user, code)
    return render(request, "agreements/minutes_items.html", _items(meeting))


@login_required
@require_http_methods(["GET", "POST"])
def change_item(request: Request, code: str, pk: int) -> HttpResponse:
    """Change one sentence while the minutes are open; 409 where somebody else has meanwhile."""
    item = access.item_to_change(request.user, code, pk)
    meeting = item.consultation
    now = {name: getattr(item, name) for name in ("kind", "texts", "topic", "version")}
    form = RoomItemForm(request.POST or None, initial=now, topics=meeting.topics.all())
    if request.method == "POST" and _is_script(request):
        return _changed_by_script(request, item, form)
    if done(form, lambda **typed: _change(request, item, typed)):
        return redirect(f"{reverse('agreements:minutes', args=[code])}#item-{pk}")
    if form.is_bound:  # what stands now is shown above it; sent again, it replaces that
        form.data = {**request.POST.dict(), "version": str(item.version)}
    context = {"meeting": meeting, "item": item, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "agreements/change_item.html", context, status=status)


@login_required
@require_POST
def move_item(request: Request, code: str, pk: int) -> HttpResponse:
    """Move a sentence up or down."""
    item = access.item_to_change(request.user, code, pk)
    step = {"up": -1, "down": 1}.get(request.POST.get("way", ""), 0)
    stated(
        request,
        lambda: services.move_minutes_item(item, to=item.number + step, by=request.user),
    )
    return redirect(f"{reverse('agreements:minutes', args=[code])}#item-{pk}")


@login_required
@require_POST
def remove_item(request: Request, code: str, pk: int) -> HttpResponse:
    """Strike a sentence."""
    item = access.item_to_change(request.user, code, pk)
    said = _("Item %(number)s is struck. Its words are in the history of the meeting.")
    stated(
        request,
        lambda: services.remove_minutes_item(item, by=request.user) or True,
        said % {"number": item.number},
    )
    return redirect("agreements:minutes", code=code)


@login_required
@require_GET
def minutes_print(request: Request, code: str) -> HttpResponse:
    """The minutes as a sheet, in two languages side by side."""
    meeting = access.consultation_for(request.user, code)
    first, other = chosen_pair(request.GET, meeting.language)
    items = meeting.items.select_related("topic").prefetch_related("commitments__owner")
    if request.GET.get("format") == "pdf":
        return _minutes_pdf(request, meeting, (first, other))
    context = {
        "meeting": meeting,
        "titles": (written(meeting.titles, first), written(meeting.titles, other)),
        "rows": [
            (item, (written(item.texts, first), written(item.texts, other))) for item in items
        ],
        "first": first,
        "other": other,
        "choices": language_choices(),
    }
    return render(request, "agreements/minutes_print.html", context)


def _minutes_pdf(request: Request, meeting: Consultation, pair: tuple[str, str]) -> HttpResponse:
    rows: list[papers.Row] = [("", _cells(meeting.titles, pair, "strong"))]
    for item in meeting.items.all():
        cells = _cells(item.texts, pair)
        for code, cell in zip(pair, cells, strict=True):
            with override(code):
                cell.insert(0, (str(item.get_kind_display()), "quiet"))
        rows.append((str(item.number), cells))
    seats = meeting.parties.select_related("party")
    made = papers.two_languages(
        pair,
        rows,
        title=_("Minutes"),
        language=request.LANGUAGE_CODE,
        made_at=clock.now(),
        under=(" · ".join(str(seat.party) for seat in seats), meeting.place),
        closing=[
            f"{seat.party}: {_('minutes confirmed') if seat.confirmed_at else _('not yet confirmed')}"
            for seat in seats
        ],
    )
    return papers.attached(made, f"minutes-{meeting.code}")


def _cells(
    texts: dict[str, str], pair: tuple[str, str], kind: str = "plain"
) -> tuple[list[papers.Part], list[papers.Part]]:
    first, other = ([papers.part_of(written(texts, code), kind)] for code in pair)
    return first, other


def _items(meeting: Consultation) -> dict[str, Any]:
    items = meeting.items.select_related("topic", "changed_by")
    return {
        "meeting": meeting,
        "items": room_items(meeting, items),
        "topics": meeting.topics.all(),
        "kinds": MinutesItem.Kind.choices,
        "is_open": meeting.state != Consultation.State.AGREED,
    }


def _add(request: Request, meeting: Consultation, typed: dict[str, Any]) -> MinutesItem:
    typed.pop("version")
    return services.add_minutes_item(meeting, by=request.user, **typed)


def _change(request: Request, item: MinutesItem, typed: dict[str, Any]) -> MinutesItem:
    typed.pop("key")
    return services.change_minutes_item(item, by=request.user, **typed)


def _changed_by_script(request: Request, item: MinutesItem, form: RoomItemForm) -> HttpResponse:
    if not form.is_valid():
        return _refused(form)
    try:
        return _said(_change(request, item, form.cleaned_data))
    except ChangedMeanwhile as changed:
        now = changed.item
        said = {"error": str(changed), "texts": now.texts, "kind": now.kind}
        return JsonResponse({**said, "version": now.version}, status=409)
    except RuleBroken as broken:
        return JsonResponse({"error": str(broken)}, status=422)


def _is_script(request: Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _said(item: MinutesItem) -> JsonResponse:
    return JsonResponse({"pk": item.pk, "number": item.number, "version": item.version})


def _refused(form: RoomItemForm) -> JsonResponse:
    errors = [str(error) for listed in form.errors.values() for error in listed]
    return JsonResponse({"error": " ".join(errors)}, status=422)
