"""Who came in for whom and why, in words, as the records of offers keep it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.records.queries import history_of
from karvan.stages.reviews.blind import reading_code

from .models import Offer, SelectionRun
from .reasons import COMING_IN, points, quota_title

HAS_BEGUN, NOT_REPLAYED = "has_begun", "not_replayed"
NOT_BY_ITSELF = {
    HAS_BEGUN: gettext_lazy("The activity has begun, so nobody is moved in by itself."),
    NOT_REPLAYED: gettext_lazy(
        "The run's document is not as it was signed, so nobody was moved in. See its seal."
    ),
}
GIVEN_BACK = {
    Offer.State.DECLINED: gettext_lazy("%(code)s gave the place back."),
    Offer.State.EXPIRED: gettext_lazy("%(code)s did not answer in time."),
    Offer.State.WITHDRAWN: gettext_lazy("The offer to %(code)s was withdrawn."),
}
PASSED_OVER = {
    "team": gettext_lazy("%(code)s, with %(mark)s points, is a team that needs more places."),
    "ceiling": gettext_lazy("%(code)s, with %(mark)s points, would exceed: %(quotas)s."),
    "floor": gettext_lazy("%(code)s, with %(mark)s points, would leave unmet: %(quotas)s."),
    "jointly": gettext_lazy(
        "%(code)s, with %(mark)s points, fits into no cohort that keeps all shares agreed."
    ),
}


def given_back(offer: Offer) -> str:
    """What became of a place that was given back, in a sentence that names nobody."""
    words = GIVEN_BACK[Offer.State(offer.state)]
    return str(words) % {"code": reading_code(offer.application)}


def looked_in_words(run: SelectionRun, looked: Mapping[str, Any]) -> str:
    """What the search for the next gave: who comes in and by which rule, or why nobody does."""
    reason = str(looked.get("reason", ""))
    words = COMING_IN.get(reason) or NOT_BY_ITSELF.get(reason) or reason
    titles = [quota_title(run, key) for key in looked.get("quotas") or ()]
    return f"{words} ({', '.join(titles)})" if titles else str(words)


def why_in(offer: Offer) -> list[str]:
    """Why this one came in for another, and each one passed over; empty for a first offer.

    Cost: one query, for the record that was written with the offer.
    """
    if offer.instead_of_id is None:
        return []
    kept = _kept(offer, "offered place", "moved_in")
    lines = [
        _("Came in for %(code)s.") % {"code": reading_code(offer.instead_of.application)}
        if offer.instead_of
        else "",
        looked_in_words(offer.run, kept),
    ]
    return [one for one in lines if one] + [
        str(PASSED_OVER[one["why"]])
        % {
            "code": one["code"],
            "mark": points(one["mark"]),
            "quotas": ", ".join(quota_title(offer.run, key) for key in one["quotas"]),
        }
        for one in kept.get("passed") or ()
    ]


def why_nobody(offer: Offer) -> str:
    """Why nobody came in for a place that was given back, as last looked; "" if never looked."""
    kept = _kept(offer, "looked for the next", "looked")
    return looked_in_words(offer.run, kept) if kept else ""


def _kept(offer: Offer, act: str, key: str) -> Mapping[str, Any]:
    found = history_of(offer).filter(act=act).order_by("-number").first()
    kept: Mapping[str, Any] = (found.after.get(key) or {}) if found else {}
    return kept
