"""The screen on which an edition's texts are translated, by hand or by a translator's table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from karvan.foundation.errors import RuleBroken
from karvan.foundation.ui.registers import Column, export
from karvan.foundation.web.posting import done
from karvan.foundation.web.requests import Request

from .. import access, queries, services
from ..adopting_forms import TranslationForm, TranslationUploadForm
from ..models import Edition
from ..services.translating import PATH, TakenIn
from ..steps import path_of
from ..translated import Progress, progress_of
from ..wording import Text, where


@login_required
@require_http_methods(["GET", "POST"])
def translation(request: Request, edition: str) -> HttpResponse:
    """The texts that one language lacks beside what they translate; ``?format=`` gives them as a table."""
    if request.method == "POST":
        return _saved(request, access.edition_to_run(request.user, edition))
    found = access.edition_for(request.user, edition)
    present = _asked(request, found)
    kind = request.GET.get("format", "")
    if present and kind in export.KINDS:
        return _file(found, present, kind)
    return _page(request, found, present)


@login_required
@require_POST
def save_translation(request: Request, edition: str) -> HttpResponse:
    """Keep what was typed so far; the page's script asks this every few seconds."""
    found = access.edition_to_run(request.user, edition)
    present = _asked(request, found)
    form = TranslationForm(request.POST, progress=present) if present else None
    if present is None or form is None or not form.is_valid():
        return JsonResponse({"errors": form.errors if form else {}}, status=422)
    try:
        count = services.translate_texts(
            found, language=present.language, texts=form.texts(), by=request.user
        )
    except RuleBroken as broken:
        return JsonResponse({"problem": str(broken)}, status=409)
    return JsonResponse({"changed": count})


@login_required
@require_POST
def import_translation(request: Request, edition: str) -> HttpResponse:
    """Take in a translator's table."""
    found = access.edition_to_run(request.user, edition)
    present = _asked(request, found)
    form = TranslationUploadForm(request.POST, request.FILES)
    if present is None:
        return redirect("editions:translation", edition=edition)
    taken = done(
        form,
        lambda upload: services.import_translations(
            found, language=present.language, upload=upload, by=request.user
        ),
    )
    if not taken:
        return _page(request, found, present, upload_form=form)
    messages.success(request, _taken_in_words(taken))
    return redirect(_address(edition, present.language))


def _saved(request: Request, found: Edition) -> HttpResponse:
    present = _asked(request, found)
    if present is None:
        return redirect("editions:translation", edition=found.slug)
    form = TranslationForm(request.POST, progress=present)

    def keep(**_typed: Any) -> tuple[int]:
        said = form.texts()
        language = present.language
        return (services.translate_texts(found, language=language, texts=said, by=request.user),)

    kept = done(form, keep)
    if kept is None:
        return _page(request, found, present, form=form)
    words = ngettext("%(count)d text was saved.", "%(count)d texts were saved.", kept[0])
    messages.success(request, words % {"count": kept[0]})
    return redirect(_address(found.slug, present.language))


def _asked(request: Request, edition: Edition) -> Progress | None:
    """The language asked for, else the first that lacks a text."""
    listed = progress_of(edition, queries.departed_document(edition))
    wanted = request.GET.get("language", "")
    chosen = [one for one in listed if one.language == wanted]
    open_ones = [one for one in listed if not one.is_done]
    return next(iter((*chosen, *open_ones, *listed)), None)


def _page(
    request: Request, edition: Edition, present: Progress | None, **forms: Any
) -> HttpResponse:
    document = queries.departed_document(edition)
    form = forms.get("form") or (TranslationForm(progress=present) if present else None)
    context = {
        "edition": edition,
        "path": path_of(edition, "translation"),
        "listed": progress_of(edition, document),
        "present": present,
        "rows": _rows(document, present, form) if present and form else [],
        "address": _address(edition.slug, present.language) if present else "",
        "may_run": access.may_run(request.user, edition),
        "has_opened": queries.activities_of(edition).filter(plan_frozen_at__isnull=False),
        "upload_form": TranslationUploadForm(),
        **forms,
        "form": form,
    }
    return render(request, "editions/translation.html", context, status=422 if forms else 200)


def _rows(
    document: dict[str, Any], present: Progress, form: TranslationForm
) -> list[dict[str, Any]]:
    return [
        {"text": text, "where": where(document, text), "field": form[text.path]}
        for text in present.texts
    ]


def _file(edition: Edition, present: Progress, kind: str) -> HttpResponse:
    document = queries.departed_document(edition)
    sources = sorted({code for text in present.texts for code in text.source})

    def source(code: str) -> Any:
        return lambda text: text.source.get(code, "")

    def written(text: Text) -> str:
        return present.written.get(text.path, "")

    columns = (
        Column(PATH, PATH, value=lambda text: text.path),
        Column("where", _("Where it stands"), value=lambda text: where(document, text)),
        *(Column(code, code, value=source(code)) for code in sources),
        Column(present.language, present.language, value=written),
    )
    name = f"{edition.slug}-{present.language}"
    return export.file(kind, name=name, columns=columns, rows=present.texts)


def _taken_in_words(taken: TakenIn) -> str:
    words = [
        ngettext("%(count)d text taken in.", "%(count)d texts taken in.", taken.taken)
        % {"count": taken.taken},
        _("%(same)d were the same, %(empty)d lines were empty.")
        % {"same": taken.same, "empty": taken.empty},
    ]
    if taken.unknown:
        words.append(
            _("Lines that name no text of this design: %(lines)s.")
            % {"lines": _some(taken.unknown)}
        )
    if taken.unreadable:
        words.append(
            _("Lines that do not read like the rest of the file: %(lines)s.")
            % {"lines": _some(taken.unreadable)}
        )
    return " ".join(words)


def _some(numbers: tuple[int, ...], most: int = 20) -> str:
    shown = ", ".join(map(str, numbers[:most]))
    return f"{shown} …" if len(numbers) > most else shown


def _address(slug: str, language: str) -> str:
    return f"{reverse('editions:translation', args=[slug])}?language={language}"
