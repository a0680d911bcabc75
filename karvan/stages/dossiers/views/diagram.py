"""Screens of the block diagram: the picture with its findings, blocks and links to write."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access
from .. import diagram_queries as queries
from ..diagram_forms import BlockForm, LinkForm, block_values, link_values
from ..models import Dossier
from ..services import diagram as services
from ..services.diagram_checks import findings_of, summary_of
from ..services.diagram_shown import carried, picture_of


@login_required
@require_safe
def diagram(request: Request, edition: str, pk: int) -> HttpResponse:
    """The diagram with what it lacks, its blocks and its links."""
    dossier = access.dossier_for(request.user, edition, pk)
    return _page(request, dossier, BlockForm(), LinkForm(dossier=dossier))


@login_required
@require_POST
def block_add(request: Request, edition: str, pk: int) -> HttpResponse:
    """Add a block."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = BlockForm(request.POST)
    if done(form, lambda **typed: services.add_block(dossier, by=request.user, **typed)):
        return redirect("dossiers:diagram", edition, pk)
    return _page(request, dossier, form, LinkForm(dossier=dossier), status=422)


@login_required
@require_http_methods(["GET", "POST"])
def block(request: Request, edition: str, pk: int, block: int) -> HttpResponse:
    """Write one block anew."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = queries.block_in(dossier, block)
    form = BlockForm(request.POST or None, initial=block_values(found))
    if done(form, lambda **typed: services.change_block(found, by=request.user, **typed)):
        return redirect("dossiers:diagram", edition, pk)
    context = {"dossier": dossier, "edition": dossier.activity.edition, "form": form}
    context["block_row"] = found
    return render(
        request, "dossiers/diagram_change.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def block_delete(request: Request, edition: str, pk: int, block: int) -> HttpResponse:
    """Take a block away with its links."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = queries.block_in(dossier, block)
    said = _("%(name)s is taken out of the diagram.") % {"name": found.name}
    stated(request, lambda: services.delete_block(found, by=request.user) or True, said)
    return redirect("dossiers:diagram", edition, pk)


@login_required
@require_POST
def link_add(request: Request, edition: str, pk: int) -> HttpResponse:
    """Link two blocks."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    form = LinkForm(request.POST, dossier=dossier)
    act = services.link_blocks
    if done(form, lambda **typed: act(dossier, said=form.said(), by=request.user)):
        return redirect("dossiers:diagram", edition, pk)
    return _page(request, dossier, BlockForm(), form, status=422)


@login_required
@require_http_methods(["GET", "POST"])
def link(request: Request, edition: str, pk: int, link: int) -> HttpResponse:
    """Write one link anew."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = queries.link_in(dossier, link)
    form = LinkForm(request.POST or None, dossier=dossier, initial=link_values(found))
    act = services.change_link
    if done(form, lambda **typed: act(found, said=form.said(), by=request.user)):
        return redirect("dossiers:diagram", edition, pk)
    context = {"dossier": dossier, "edition": dossier.activity.edition, "form": form}
    context["link_row"] = found
    return render(
        request, "dossiers/diagram_change.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def link_delete(request: Request, edition: str, pk: int, link: int) -> HttpResponse:
    """Take a link away."""
    dossier = access.dossier_to_edit(request.user, edition, pk)
    found = queries.link_in(dossier, link)
    stated(request, lambda: services.delete_link(found, by=request.user) or True)
    return redirect("dossiers:diagram", edition, pk)


def _page(
    request: Request,
    dossier: Dossier,
    block_form: BlockForm,
    link_form: LinkForm,
    status: int = 200,
) -> HttpResponse:
    blocks, links = queries.blocks_in(dossier), queries.links_in(dossier)
    backed = queries.backed_in(dossier)
    findings = findings_of(blocks, links, backed=backed)
    finding = summary_of(blocks, links, findings)
    context = {
        "dossier": dossier,
        "edition": dossier.activity.edition,
        "blocks": [(one, backed.get(one.pk, [])) for one in blocks],
        "links": [(one, carried(one)) for one in links],
        "findings": findings,
        "finding": finding,
        "picture": picture_of(dossier, blocks, links, finding=finding) if blocks else "",
        "block_form": block_form,
        "link_form": link_form,
        "may_edit": access.may_edit(request.user, dossier),
    }
    return render(request, "dossiers/diagram.html", context, status=status)
