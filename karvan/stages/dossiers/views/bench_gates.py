"""Screens of section 2: the gate items, their answers and signatures."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.files.services import serve
from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access
from .. import gates as items
from ..bench_forms import GateForm
from ..guards import missing_for
from ..models import Dossier, GateCheck
from ..services.gating import answer_gate, sign_all_gates, sign_gate


@dataclass(frozen=True, slots=True)
class Shown:
    """One item as the page shows it."""

    check: GateCheck
    text: str
    mark: str
    word: str
    form: GateForm | None
    may_sign: bool


@login_required
@require_GET
def gates(request: Request, edition: str, pk: int) -> HttpResponse:
    """All gate items by kind."""
    return _page(request, access.dossier_for(request.user, edition, pk))


@login_required
@require_POST
def answer(request: Request, edition: str, pk: int, check: int) -> HttpResponse:
    """Answer one item."""
    found = access.dossier_to_edit(request.user, edition, pk)
    item = access.gate_check_of(found, check)
    form = _form(item, request)
    if done(form, lambda **typed: answer_gate(item, by=request.user, **typed)):
        return redirect(f"{reverse('dossiers:gates', args=[edition, pk])}#{item.code}")
    return _page(request, found, form, item, status=422)


@login_required
@require_POST
def sign(request: Request, edition: str, pk: int, check: int) -> HttpResponse:
    """Sign one item."""
    found = access.dossier_to_sign(request.user, edition, pk)
    item = access.gate_check_of(found, check)
    stated(request, lambda: sign_gate(item, by=request.user))
    return redirect(f"{reverse('dossiers:gates', args=[edition, pk])}#{item.code}")


@login_required
@require_POST
def sign_all(request: Request, edition: str, pk: int) -> HttpResponse:
    """Sign all that is in order and waits for the person."""
    found = access.dossier_to_sign(request.user, edition, pk)
    signed = stated(request, lambda: sign_all_gates(found, by=request.user))
    if signed is not None:
        words = ngettext("%(n)s item is signed.", "%(n)s items are signed.", signed)
        stated(request, lambda: signed, words % {"n": signed})
    return redirect("dossiers:gates", edition=edition, pk=pk)


@login_required
@require_GET
def evidence(request: Request, edition: str, pk: int, check: int) -> HttpResponse:
    """The paper that shows an answer."""
    found = access.dossier_for(request.user, edition, pk)
    item = access.gate_check_of(found, check)
    if item.evidence is None:
        raise Http404
    return serve(item.evidence)


def _form(check: GateCheck, request: Request | None = None) -> GateForm:
    prefix, yes_no = f"g{check.pk}", items.prohibits(check)
    if request is not None:
        return GateForm(request.POST, request.FILES, prefix=prefix, yes_no=yes_no)
    said = {"answer": check.answer, "reason": check.reason}
    return GateForm(initial=said, prefix=prefix, yes_no=yes_no)


def _page(
    request: Request,
    found: Dossier,
    sent: GateForm | None = None,
    of: GateCheck | None = None,
    status: int = 200,
) -> HttpResponse:
    edits = access.may_edit(request.user, found)
    signs = access.signs_kinds(request.user, found.activity)
    groups: dict[str, list[Shown]] = {}
    for check in found.gate_checks.select_related("evidence", "signed_by"):
        form = sent if of and check.pk == of.pk else (_form(check) if edits else None)
        groups.setdefault(check.get_kind_display(), []).append(_shown(check, form, signs))
    context = {
        "dossier": found,
        "edition": found.activity.edition,
        "groups": list(groups.items()),
        "sent": of.pk if of else None,
        "signs": signs,
        "waiting": sum(one.may_sign for listed in groups.values() for one in listed),
        "missing": missing_for(found, "cleared") if found.state == "draft" else [],
    }
    return render(request, "dossiers/gates.html", context, status=status)


def _shown(check: GateCheck, form: GateForm | None, signs: tuple[str, ...]) -> Shown:
    in_order = items.is_in_order(check)
    if items.is_shut_for_ever(check):
        mark, word, form = "dropped", _("shuts the device for ever"), None
    elif not check.answer:
        mark, word = "open", _("not answered")
    elif not in_order:
        mark, word = "late", _("not in order")
    elif check.signed_at:
        mark, word = "done", _("signed")
    else:
        mark, word = "waiting", _("to be signed")
    may_sign = in_order and check.signed_at is None and check.kind in signs
    return Shown(check, items.text_of(check), mark, word, form, may_sign)
