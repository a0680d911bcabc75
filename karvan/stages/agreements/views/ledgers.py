"""What parties promised each other: before they meet, and over the years."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from karvan.foundation import clock
from karvan.foundation.people.models import Party
from karvan.foundation.texts import direction_of, language_name
from karvan.foundation.ui.formats import date_in_words
from karvan.foundation.web.requests import Request

from .. import access, papers, queries
from ..forms import PairForm
from ..minutes_shown import chosen_pair, language_choices, written
from ..standing import MARKS, Standing, counted, standings_of


@login_required
@require_GET
def choose(request: Request) -> HttpResponse:
    """Choose the two sides."""
    form = PairForm(request.GET or None, parties=access.parties_to_compare(request.user))
    if form.is_valid():
        first, second = form.cleaned_data["first"], form.cleaned_data["second"]
        return redirect("agreements:between", first=first.code, second=second.code)
    return render(request, "agreements/between_choose.html", {"form": form})


@login_required
@require_GET
def between(request: Request, first: str, second: str) -> HttpResponse:
    """Every promise between two parties, year by year, and what became of it."""
    sides = access.pair_for(request.user, first, second)
    found = standings_of(queries.promised_between(*sides), clock.today())
    counts = counted(found)
    asked = request.GET.get("mark", "")
    shown = [one for one in found if asked not in MARKS or asked in one.marks]
    context = {
        "sides": sides,
        "as_of": clock.today(),
        "total": len(found),
        "counts": [(mark, counts[mark], _by_side(found, mark, sides)) for mark in MARKS],
        "years": _by_year(shown),
        "mark": asked if asked in MARKS else "",
        "agreements": queries.agreements_between(*sides),
        "meetings": queries.consultations_between(*sides),
    }
    return render(request, "agreements/between.html", context)


@login_required
@require_GET
def between_print(request: Request, first: str, second: str) -> HttpResponse:
    """The same as a sheet, in two languages side by side."""
    sides = access.pair_for(request.user, first, second)
    left, right = chosen_pair(request.GET, request.LANGUAGE_CODE)
    found, beside = (_found_in(sides, code) for code in (left, right))
    if request.GET.get("format") == "pdf":
        return _between_pdf(request, sides, (found, beside), (left, right))
    context = {
        "sides": sides,
        "as_of": clock.today(),
        "total": len(found),
        "counts": [(mark, count) for mark, count in counted(found).items()],
        "heads": [(code, language_name(code), direction_of(code)) for code in (left, right)],
        "rows": [
            (one, (_spoken(one, left), _spoken(other, right)))
            for one, other in zip(found, beside, strict=True)
        ],
        "first": left,
        "other": right,
        "choices": language_choices(),
    }
    return render(request, "agreements/between_print.html", context)


@login_required
@require_GET
def briefing(request: Request, code: str) -> HttpResponse:
    """What is open between the parties of a meeting, as a sheet to take along."""
    meeting = access.consultation_for(request.user, code)
    parties = [seat.party for seat in meeting.parties.select_related("party")]
    found = standings_of(queries.promised_between(*parties), clock.today())
    context = {
        "meeting": meeting,
        "parties": parties,
        "as_of": clock.today(),
        "open": [one for one in found if one.is_open],
        "total": len(found),
        "topics": meeting.topics.all(),
        "delegates": meeting.delegates.select_related("party"),
    }
    return render(request, "agreements/briefing.html", context)


def _between_pdf(
    request: Request,
    sides: tuple[Party, Party],
    found: tuple[list[Standing], list[Standing]],
    pair: tuple[str, str],
) -> HttpResponse:
    rows: list[papers.Row] = []
    for number, both in enumerate(zip(*found, strict=True), start=1):
        first, other = (_parts(_spoken(one, code)) for one, code in zip(both, pair, strict=True))
        rows.append((str(number), (first, other)))
    made = papers.two_languages(
        pair,
        rows,
        title=f"{sides[0]} · {sides[1]}",
        language=request.LANGUAGE_CODE,
        made_at=clock.now(),
        under=(_("Promises between two parties"), date_in_words(clock.today())),
    )
    return papers.attached(made, f"promises-{sides[0].code}-{sides[1].code}")


def _parts(said: dict[str, Any]) -> list[papers.Part]:
    """A line of the ledger as the parts of a cell."""
    outcome = ", ".join(words for _mark, words in said["outcome"])
    return [
        papers.part_of(said["title"], "strong"),
        (" · ".join(filter(None, (said["owner"], said["source"], said["due"]))), "quiet"),
        (f"{outcome} {said['reason']}".strip(), "plain"),
        *(papers.part_of(text) for text, _source, _day, _note in said["evidence"]),
    ]


def _found_in(sides: tuple[Party, Party], code: str) -> list[Standing]:
    """The promises between two parties, judged in the words of a language."""
    with override(code):
        return standings_of(queries.promised_between(*sides), clock.today())


def _by_year(found: list[Standing]) -> list[tuple[int, list[Standing]]]:
    by_year = groupby(found, key=lambda one: one.commitment.promised_on.year)
    return [(year, list(lines)) for year, lines in by_year]


def _by_side(found: list[Standing], mark: str, sides: tuple[Party, Party]) -> list[int]:
    """How many of a mark each side owns."""
    return [
        sum(mark in one.marks and one.commitment.owner_id == side.pk for one in found)
        for side in sides
    ]


def _spoken(one: Standing, code: str) -> dict[str, Any]:
    """A line of the ledger in one language."""
    promise = one.commitment
    with override(code):
        return {
            "title": written(promise.titles, code),
            "owner": str(promise.owner),
            "source": promise.source,
            "due": date_in_words(promise.due_on) if promise.due_on else "",
            "outcome": [(mark, words) for mark, words in one.parts],
            "evidence": [
                (written(fact.texts, code), fact.source, fact.happened_on, fact.date_note)
                for fact in one.evidence
            ],
            "reason": str(one.reason),
        }
