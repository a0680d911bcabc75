"""The guided path of adopting: each step is a page of the edition, and says whether it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Edition

_STEPS: tuple[tuple[str, str | Promise], ...] = (
    ("edition", _("Country")),
    ("partners", _("Partners")),
    ("dates", _("Dates")),
    ("venues", _("Venues and rooms")),
    ("parts", _("Quotas, form and other parts")),
    ("budget", _("Budget and shares")),
    ("review", _("Review and finish")),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step, as ``{% steps %}`` shows it."""

    title: str | Promise
    url: str
    state: str
    present: bool


@dataclass(frozen=True, slots=True)
class Path:
    """All steps, and the one after the present."""

    steps: tuple[Step, ...]
    next_title: str | Promise
    next_url: str


def path_of(edition: Edition, present: str) -> Path | None:
    """The steps while the edition is being adopted, with ``present`` marked; None afterwards.

    Three queries.
    """
    if edition.state != Edition.State.ADOPTING:
        return None
    is_dated = not edition.activities.filter(planned_starts_on__isnull=True).exists()
    finished = {
        "edition": True,
        "partners": True,
        "dates": is_dated,
        "venues": edition.venues.exists(),
        "parts": True,
        "budget": edition.budget_lines.filter(entries__kind="planned").exists(),
    }
    names = [name for name, _title in _STEPS]
    following = min(names.index(present) + 1, len(names) - 1)
    steps = tuple(
        Step(title, _url(edition, name), "done" if finished.get(name) else "open", name == present)
        for name, title in _STEPS
    )
    return Path(steps, _STEPS[following][1], _url(edition, names[following]))


def _url(edition: Edition, name: str) -> str:
    return reverse(f"editions:{name}", args=[edition.slug])
