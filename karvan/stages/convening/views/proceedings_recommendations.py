"""What a symposium recommends, and what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from karvan.foundation.web.posting import done, stated
from karvan.foundation.web.requests import Request

from ..access import proceedings as access
from ..forms.proceedings import AdoptForm, AsideForm, FollowForm, RecommendationForm
from ..models import Recommendation, Symposium
from ..queries.proceedings import recommendations_of
from ..services import proceedings_recommendations as services


@login_required
@require_GET
def recommendations(request: Request, edition: str, code: str) -> HttpResponse:
    """Every recommendation with its commitment, or listed as not followed up."""
    return _show(request, access.symposium_to_visit(request.user, edition, code))


@login_required
@require_POST
def write(request: Request, edition: str, code: str) -> HttpResponse:
    """Write the next recommendation down."""
    found = access.symposium_to_run(request.user, edition, code)
    form = RecommendationForm(request.POST, symposium=found)
    if done(form, lambda **said: services.write_recommendation(found, by=request.user, **said)):
        return _back(found)
    return _show(request, found, write_form=form)


@login_required
@require_POST
def change(request: Request, edition: str, code: str, number: int) -> HttpResponse:
    """Change the words of one that is not adopted."""
    one = access.recommendation_to_run(request.user, edition, code, number)
    form = RecommendationForm(request.POST, symposium=one.symposium, prefix=f"change{number}")
    if done(form, lambda **said: services.change_recommendation(one, by=request.user, **said)):
        return _back(one.symposium)
    return _show(request, one.symposium, bound={number: {"change": form}})


@login_required
@require_POST
def adopt(request: Request, edition: str, code: str) -> HttpResponse:
    """Write down that those that wait were adopted."""
    found = access.symposium_to_run(request.user, edition, code)
    form = AdoptForm(request.POST)
    count = done(
        form, lambda **said: services.adopt_recommendations(found, by=request.user, **said)
    )
    if not count:
        return _show(request, found, adopt_form=form)
    sentence = ngettext("%(count)d recommendation is adopted.", "%(count)d recommendations are adopted.", count)  # fmt: skip
    stated(request, lambda: True, sentence % {"count": count})
    return _back(found)


@login_required
@require_POST
def follow(request: Request, edition: str, code: str, number: int) -> HttpResponse:
    """Make a commitment of one: who, until when."""
    one = access.recommendation_to_run(request.user, edition, code, number)
    form = FollowForm(request.POST, owners=access.owners(), prefix=f"follow{number}")
    address = f"/editions/{edition}/symposia/{code}/recommendations/"
    made = done(
        form,
        lambda **said: services.follow_up(one, address=address, by=request.user, **said),
    )
    if made:
        stated(request, lambda: True, _("The commitment is made; it is followed like every other."))
        return _back(one.symposium)
    return _show(request, one.symposium, bound={number: {"follow": form}})


@login_required
@require_POST
def aside(request: Request, edition: str, code: str, number: int) -> HttpResponse:
    """Say why nothing follows from one."""
    one = access.recommendation_to_run(request.user, edition, code, number)
    form = AsideForm(request.POST, prefix=f"aside{number}")
    if done(form, lambda **said: services.set_aside(one, by=request.user, **said)):
        return _back(one.symposium)
    return _show(request, one.symposium, bound={number: {"aside": form}})


def _show(
    request: Request, found: Symposium, *, bound: dict[int, Any] | None = None, **forms: Any
) -> HttpResponse:
    rows = recommendations_of(found)
    runs = access.may_run(request.user, found)
    seen = access.commitments_seen(request.user, rows)
    context = {
        "symposium": found,
        "activity": found.activity,
        "edition": found.activity.edition,
        "rows": [
            (one, one.commitment_id in seen, _forms(one, runs, (bound or {}).get(one.number, {})))
            for one in rows
        ],
        "waiting": sum(one.adopted_on is None for one in rows),
        "followed": sum(one.commitment_id is not None for one in rows),
        "left": sum(one.adopted_on is not None and one.commitment_id is None for one in rows),
        "runs": runs,
        "write_form": RecommendationForm(symposium=found),
        "adopt_form": AdoptForm(),
        **forms,
    }
    status = 422 if bound or forms else 200
    return render(request, "convening/proceedings/recommendations.html", context, status=status)


def _forms(one: Recommendation, runs: bool, bound: dict[str, Any]) -> dict[str, Any]:
    if not runs:
        return {}
    return {
        "change": RecommendationForm(
            symposium=one.symposium,
            prefix=f"change{one.number}",
            initial={"texts": one.texts, "track": one.track_id},
        ),
        "follow": FollowForm(owners=access.owners(), prefix=f"follow{one.number}"),
        "aside": AsideForm(prefix=f"aside{one.number}"),
        **bound,
    }


def _back(found: Symposium) -> HttpResponse:
    activity = found.activity
    return redirect("convening:recommendations", edition=activity.edition.slug, code=activity.code)
