"""The editor of a draft: its tree, one part in it, and the acts on parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from .. import access, services
from ..document import human_title
from ..document.labels import ITEMS
from ..document.locks import Locks
from ..examined import examined
from ..forms import ItemForm, PartForm
from ..history import changes_explained, version_before
from ..models import Blueprint
from ..outline import at, is_group, lock_rows, missing, new_item, rows, spans, tree
from ..queries import present_revision
from ..services import Saved
from ..text_of_part import text_of_part


@login_required
@require_POST
def start_draft(request: Request, code: str) -> HttpResponse:
    """Begin the next version from the newest, or go on with the draft there is."""
    programme = access.programme_to_run(request.user, code)
    if stated(request, lambda: services.start_draft(programme, by=request.user)) is None:
        return redirect("blueprints:programme", code=code)
    return redirect("blueprints:draft", code=code)


@login_required
@require_GET
def draft(request: Request, code: str) -> HttpResponse:
    """One part of the draft, named by ``?part=``, in the tree of all."""
    found = access.draft_to_edit(request.user, code)
    path = request.GET.get("part", "")
    held = at(found.data, path) if path else found.data
    is_list = path.rpartition(".")[2] in ITEMS
    if held is None and not is_list:
        raise Http404
    if held is not None and path and not is_group(held) and not is_list:
        return HttpResponseRedirect(address("change_part", code, path))
    context = {
        **beside(found, path),
        "rows": rows(found.data, path),
        "spans": spans(found.data, path) if path.endswith(".sessions") else (),
        "locks": lock_rows(found.data) if path == "locks" else (),
        "is_list": is_list,
        "missing": missing(found.data, path),
    }
    return render(request, "blueprints/draft.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def change_part(request: Request, code: str) -> HttpResponse:
    """Another value for the part named by ``?part=``."""
    found = access.draft_to_edit(request.user, code)
    path = request.GET.get("part", "")
    if not path:
        raise Http404
    value = at(found.data, path)
    form = PartForm(
        request.POST or None, data=found.data, path=path, value=value, initial=base_of(found)
    )
    saved = done(
        form, lambda **typed: services.edit_part(found, path=path, by=request.user, **typed)
    )
    if saved:
        return after_saving(request, code, saved, above(found, path))
    context = {**beside(found, path), "form": form, "value": value}
    return render(request, "blueprints/part.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def add_item(request: Request, code: str) -> HttpResponse:
    """A new item in the list named by ``?part=``."""
    found = access.draft_to_edit(request.user, code)
    path = request.GET.get("part", "")
    after = [(row.name, row.title) for row in rows(found.data, path) if row.name]
    blank = {"item": new_item(found.data, path), **base_of(found)}
    form = ItemForm(request.POST or None, after=after, initial=blank)
    saved = done(
        form, lambda **typed: services.add_item(found, path=path, by=request.user, **typed)
    )
    if saved:
        return after_saving(request, code, saved, path)
    context = {**beside(found, path), "form": form}
    return render(request, "blueprints/add_item.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove_item(request: Request, code: str) -> HttpResponse:
    """Take the part named by ``?part=`` out of the draft."""
    return _act(request, code, services.remove_item)


@login_required
@require_POST
def move_item(request: Request, code: str) -> HttpResponse:
    """Move an item up or down in its list."""
    steps = -1 if request.POST.get("way") == "up" else 1
    return _act(request, code, services.move_item, steps=steps)


def _act(request: Request, code: str, act: Callable[..., Saved], **more: Any) -> HttpResponse:
    """An act of one button on a part; a broken rule is stated on the list it came from."""
    found = access.draft_to_edit(request.user, code)
    path = request.GET.get("part", "")
    base = request.POST.get("base_revision", "")
    number = int(base) if base.isascii() and base.isdecimal() else 0
    said = request.POST.get("note", "")
    saved = stated(
        request,
        lambda: act(found, path=path, note=said, base_revision=number, by=request.user, **more),
    )
    up = path.rpartition(".")[0]
    if saved is None:
        return HttpResponseRedirect(address("draft", code, up))
    return after_saving(request, code, saved, up)


def after_saving(request: Request, code: str, saved: Saved, path: str) -> HttpResponse:
    """Say what was saved and what came in from others; or lead to what must be chosen."""
    number = saved.revision.number
    if saved.revision.is_set_aside:
        return redirect("blueprints:settle", code=code, number=number)
    messages.success(request, _("Saved as revision %(number)s.") % {"number": number})
    if saved.others:
        listed = "; ".join(one.words for one in saved.others[:8])
        told = _("Somebody else had saved meanwhile, and both are in the draft: %(changes)s.")
        messages.info(request, told % {"changes": listed})
    if saved.is_whole:
        told = _("The text was written out anew: its comments are in the revision before.")
        messages.warning(request, told)
    return HttpResponseRedirect(address("draft", code, path))


def beside(found: Blueprint, path: str) -> dict[str, Any]:
    """What stands around every part: the tree, its lock, its YAML, its problems and changes."""
    read = examined(bytes(found.source), found.programme.code)
    changed = [one for one in changes_explained(found) if within(one.difference.path, path)]
    return {
        "draft": found,
        "programme": found.programme,
        "path": path,
        "title": human_title(found.data, path) if path else _("The programme"),
        "lock": Locks(found.data).at(path) if path else None,
        "tree": tree(found.data, path),
        "trail": _trail(found, path),
        "yaml": text_of_part(read, path) if path else "",
        "problems": [one for one in read.problems if within(one.path, path)],
        "problem_count": len(read.problems),
        "changed": changed,
        "before": version_before(found),
        "revision": present_revision(found),
        "base": base_of(found),
        "up": above(found, path) if path else "",
        "is_removable": bool(path) and at(found.data, path) is not None,
        "remove_url": address("remove_item", found.programme.code, path),
        "takes_sessions": path.endswith(".sessions"),
    }


def address(name: str, code: str, path: str) -> str:
    """The editor's page of this name for a part."""
    query = f"?{urlencode({'part': path})}" if path else ""
    return reverse(f"blueprints:{name}", args=[code]) + query


def above(found: Blueprint, path: str) -> str:
    """The part on whose page a changed one is seen: itself if it holds parts, else the one above."""
    value = at(found.data, path)
    return path if value is not None and is_group(value) else path.rpartition(".")[0]


def base_of(found: Blueprint) -> dict[str, int]:
    """What every form carries: the revision it began from."""
    return {"base_revision": present_revision(found)}


def within(path: str, part: str) -> bool:
    """True if a path is a part, or lies inside it."""
    return not part or path == part or path.startswith(f"{part}.")


def _trail(found: Blueprint, path: str) -> list[tuple[str, str]]:
    """The parts above, from the highest, each with its address."""
    steps = path.split(".")[:-1]
    paths = [".".join(steps[: at + 1]) for at in range(len(steps))]
    return [(human_title(found.data, one), one) for one in paths if one != "activities"]
