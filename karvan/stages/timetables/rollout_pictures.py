"""A team's year as pictures: a strip a country over the months, and the way on the map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from karvan.foundation.ui import formats
from karvan.foundation.ui.charts.axis import Axis, Stretch
from karvan.foundation.ui.charts.gantt import Gantt, axis_svg
from karvan.foundation.ui.charts.route import Route, Stop

from .models import Rollout, RolloutStop
from .rollout_reasons import Windows, window_in_words
from .rollout_windows import Window

NAME = "year"
HEIGHT, MIDDLE, THICK, NAMES = 46, 15, 13, 39
A_LETTER = 1.0  # per cent of the width that a letter of a name is thought to need
RANK = {"ramadan": 0, "closed": 1, "feast": 2, "holidays": 3}  # whose name goes first
LABEL_WIDTH = 22.0  # per cent for the days beside a bar


@dataclass(frozen=True, slots=True)
class Row:
    """One country: its strip, and all of it in words."""

    stop: RolloutStop
    windows: tuple[Window, ...]
    picture: SafeString
    words: str


@dataclass(frozen=True, slots=True)
class Year:
    """Strips under one head; ``finding`` says what they show."""

    finding: str
    head: SafeString
    rows: tuple[Row, ...]


def year_of(rollout: Rollout, stops: Sequence[RolloutStop], windows: Windows, today: date) -> Year:
    """The Gantt chart of a year, countries in the order of the way."""
    axis = Axis(rollout.day_from, rollout.day_to, get_language_bidi())
    chart = Gantt(NAME, _("The team's year"), "", axis, today, _("today"), ())
    rows = [
        _row(stop, windows[stop.edition.code], before, axis, rollout)
        for stop, before in zip(stops, [None, *stops[:-1]], strict=True)
    ]
    return Year(finding_of(rollout, stops), SafeString(axis_svg(chart)), tuple(rows))


def route_of(rollout: Rollout, stops: Sequence[RolloutStop], today: date) -> Route:
    """The way from country to country."""
    return Route(
        name="way",
        title=_("The team's way"),
        finding=finding_of(rollout, stops),
        stops=tuple(_on_the_map(stop, today) for stop in stops),
    )


def finding_of(rollout: Rollout, stops: Sequence[RolloutStop]) -> str:
    """How many editions, from when to when, which first and which last."""
    placed = [stop for stop in stops if stop.starts_on]
    if not placed:
        return _("The year is not ordered yet: the strips show when each country is closed.")
    first, last = placed[0], placed[-1]
    assert first.starts_on is not None
    return ngettext(
        "%(n)s edition, %(days)s.",
        "%(n)s editions, %(days)s: %(first)s first, %(last)s last.",
        len(placed),
    ) % {
        "n": formats.number(len(placed)),
        "days": formats.days_in_words(first.starts_on, last.ends_on or rollout.day_to),
        "first": first.edition.country,
        "last": last.edition.country,
    }


def _on_the_map(stop: RolloutStop, today: date) -> Stop:
    starts, ends = stop.starts_on, stop.ends_on
    state = "open" if starts else "draft"
    if starts and ends and starts <= today:
        state = "done" if ends < today else "in_progress"
    words = formats.days_in_words(starts, ends or starts) if starts else _("no dates yet")
    return Stop(
        code=stop.edition.code,
        country=stop.edition.country_id,
        name=str(stop.edition.country),
        state=state,
        words=words,
        starts_on=starts,
        url=reverse("editions:edition", args=[stop.edition.slug]),
    )


def _row(
    stop: RolloutStop,
    windows: tuple[Window, ...],
    before: RolloutStop | None,
    axis: Axis,
    rollout: Rollout,
) -> Row:
    words = "; ".join([_stay_words(stop), *(_window_words(one) for one in windows)])
    parts = [_band(one, axis) for one in windows]
    parts += [_names(windows, axis), _way(stop, before, axis), _stay(stop, axis, rollout)]
    direction = "rtl" if axis.mirrored else "ltr"
    picture = (
        f'<svg class="strip" xmlns="http://www.w3.org/2000/svg" width="100%" height="{HEIGHT}"'
        f' role="img" aria-label="{escape(words)}" direction="{direction}">'
        f'<use href="#{NAME}-grid" width="100%" height="100%"/>{"".join(parts)}</svg>'
    )
    return Row(stop, windows, SafeString(picture), words)


def _stay_words(stop: RolloutStop) -> str:
    if not stop.starts_on:
        return _("no dates yet")
    days = formats.days_in_words(stop.starts_on, stop.ends_on or stop.starts_on)
    return _("%(country)s: %(days)s") % {"country": stop.edition.country, "days": days}


def _window_words(window: Window) -> str:
    days = formats.days_in_words(window.first, window.last)
    return _("%(name)s: %(days)s") % {"name": window_in_words(window), "days": days}


def _band(window: Window, axis: Axis) -> str:
    """A shaded stretch; hatched where nothing is held, plain where it only costs."""
    found = axis.stretch(window.first, window.last)
    if found is None:
        return ""
    fill = f' fill="url(#{NAME}-hatch)"' if window.is_closed else ""
    return (
        f'<rect class="window" data-kind="{window.kind}" x="{found.left:.4g}%" y="0"'
        f' width="{found.width:.4g}%" height="{HEIGHT}"{fill}><title>{escape(_window_words(window))}'
        "</title></rect>"
    )


def _names(windows: tuple[Window, ...], axis: Axis) -> str:
    """The names under their stretches, those that close the country first, as far as there is room."""
    taken: list[Stretch] = []
    texts = []
    for one in sorted(windows, key=lambda w: RANK[w.kind]):
        found = axis.stretch(one.first, one.last)
        name = window_in_words(one)
        if found is None or one.kind == "holidays":
            continue
        place = Stretch(*_place(found, max(found.width, len(name) * A_LETTER)))
        if any(place.left < t.right and t.left < place.right for t in taken):
            continue
        taken.append(place)
        middle = place.left + place.width / 2
        texts.append(
            f'<text class="window-name" x="{middle:.4g}%" y="{NAMES}" text-anchor="middle">'
            f"{escape(name)}</text>"
        )
    return "".join(texts)


def _place(found: Stretch, width: float) -> tuple[float, float]:
    """Centred on the stretch, but inside the picture."""
    left = found.left + found.width / 2 - width / 2
    return max(0.0, min(100 - width, left)), width


def _way(stop: RolloutStop, before: RolloutStop | None, axis: Axis) -> str:
    """From the end of the stop before to the start: handover and travel, a line with ends."""
    if before is None or before.ends_on is None or stop.starts_on is None:
        return ""
    last = stop.starts_on - timedelta(days=1)
    found = axis.stretch(before.ends_on + timedelta(days=1), last)
    if found is None:
        return ""
    level = (
        f'<line class="call" x1="{found.left:.4g}%" x2="{found.right:.4g}%" y1="{MIDDLE}"'
        f' y2="{MIDDLE}"/>'
    )
    ends = "".join(
        f'<line class="call" x1="{at:.4g}%" x2="{at:.4g}%" y1="{MIDDLE - 5}" y2="{MIDDLE + 5}"/>'
        for at in (found.left, found.right)
    )
    return level + ends


def _stay(stop: RolloutStop, axis: Axis, rollout: Rollout) -> str:
    """The bar and its days; an outline while it is a draft, filled once it is agreed."""
    if not stop.starts_on:
        return ""
    found = axis.stretch(stop.starts_on, stop.ends_on or stop.starts_on)
    if found is None:
        return ""
    kind = "actual" if rollout.state == Rollout.State.AGREED else "planned"
    words = formats.days_in_words(stop.starts_on, stop.ends_on or stop.starts_on)
    has_room = (found.left if axis.mirrored else 100 - found.right) >= LABEL_WIDTH
    is_right = has_room is not axis.mirrored  # after the bar as one reads, where there is room
    at, away = (found.right, 8) if is_right else (found.left, -8)
    anchor = "start" if is_right is not axis.mirrored else "end"
    return (
        f'<rect class="{kind}" x="{found.left:.4g}%" y="{MIDDLE - THICK / 2:g}"'
        f' width="{found.width:.4g}%" height="{THICK}"/>'
        f'<text class="label stay" x="{at:.4g}%" dx="{away}" y="{MIDDLE + 4}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )
