"""What the screens show of signals: curves with their words, figures as rows, where one can go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats

from .measuring_words import figures_text
from .models import SignalCapture
from .plotting import Curve, curve_of, spectrum_curve
from .services.signals_series import SeriesChannel

SHOWN_EVENTS = 60


@dataclass(frozen=True, slots=True)
class Drawn:
    """One channel as it is drawn: its curve, its unit, and its finding in words."""

    name: str
    unit: str
    kind: str
    asks: bool
    timed: bool
    curve: Curve
    words: str


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time that a link leads to."""

    label: str
    start: float
    end: float


def drawn_channels(plot: Mapping[str, Any]) -> list[Drawn]:
    """The channels of a plot, each with its curve."""
    drawn = []
    for one in plot.get("channels", []):
        curve = curve_of(one)
        unit = one["unit"]
        drawn.append(
            Drawn(
                name=one["name"],
                unit="" if unit == "1" else unit,
                kind=one["kind"],
                asks=one["kind"] == "analog" and not unit,
                timed=one["timed"],
                curve=curve,
                words=_finding(one, curve),
            )
        )
    return drawn


def _finding(one: Mapping[str, Any], curve: Curve) -> str:
    if curve.low is None:
        return _("%(name)s: no sample here.") % {"name": one["name"]}
    said = _("%(name)s lies between %(low)s and %(high)s %(unit)s.") % {
        "name": one["name"],
        "low": figures_text(curve.low),
        "high": figures_text(curve.high),
        "unit": one["unit"],
    }
    if one["gaps"]:
        many = len(one["gaps"])
        said += " " + ngettext("%(many)s gap.", "%(many)s gaps.", many) % {"many": many}
    return said.replace(" .", ".")


def windows(whole: tuple[float, float], start: float, end: float) -> list[Window]:
    """Where one can go from here: nearer, earlier, later, further off, back to the whole."""
    first, last = whole
    width = end - start
    found = [Window(_("Nearer"), start + width / 4, end - width / 4)] if width > 0 else []
    if start > first:
        moved = max(first, start - width / 2)
        found.append(Window(_("Earlier"), moved, moved + width))
    if end < last:
        moved = min(last, end + width / 2)
        found.append(Window(_("Later"), moved - width, moved))
    if (start, end) != (first, last):
        found.append(
            Window(_("Further off"), max(first, start - width / 2), min(last, end + width / 2))
        )
    return found


def figure_rows(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The usual figures of every analogue channel as texts; logic channels have their own."""
    rows = []
    for one in figures.get("channels", []):
        told = one.get("figures")
        if not told:
            continue
        spectrum, pulse = one.get("spectrum"), one.get("pulse")
        rows.append(
            {
                "name": one["name"],
                "unit": "" if one["unit"] == "1" else one["unit"],
                "least": figures_text(told["least"]),
                "most": figures_text(told["most"]),
                "mean": figures_text(told["mean"]),
                "rms": figures_text(told["rms"]),
                "peak": figures_text(told["most"] - told["least"]),
                "missing": formats.number(told["missing"]),
                "dominant": _with_unit(spectrum["dominant"] if spectrum else None, "Hz"),
                "pulse": pulse_words(pulse) if pulse else "",
                "step": step_words(one),
            }
        )
    return rows


def pulse_words(pulse: Mapping[str, Any]) -> str:
    """Rate and variation, and where they are from."""
    said = _("%(rate)s beats a minute, SDNN %(sdnn)s ms, from %(beats)s beats") % {
        "rate": formats.number(pulse["rate"], digits=2),
        "sdnn": formats.number(pulse["sdnn"], digits=1),
        "beats": formats.number(pulse["beats"]),
    }
    source = _("as annotated") if pulse["annotated"] else _("found in the curve")
    return f"{said} ({source})"


def step_words(one: Mapping[str, Any]) -> str:
    """The answer to a step in a sentence; empty where there is none."""
    step = one.get("step")
    if not step:
        return ""
    said = _(
        "From %(first)s to %(last)s %(unit)s: rise (10–90 %%) %(rise)s s, overshoot %(over)s %%"
    ) % {
        "first": figures_text(step["first"]),
        "last": figures_text(step["last"]),
        "unit": one["unit"],
        "rise": figures_text(step["rise"]),
        "over": figures_text(step["overshoot"], 3),
    }
    if step["settling"] is None:
        return said
    settled = _("settled within 2 %% after %(time)s s") % {"time": figures_text(step["settling"])}
    return f"{said}, {settled}"


def timing_rows(figures: Mapping[str, Any]) -> list[dict[str, str]]:
    """The timing of every logic channel as texts."""
    rows = []
    for one in figures.get("channels", []):
        timing = one.get("timing")
        if timing:
            rows.append(
                {
                    "name": one["name"],
                    "changes": formats.number(timing["changes"]),
                    "frequency": _with_unit(timing["frequency"], "Hz"),
                    "duty": formats.percent(timing["duty"], digits=1),
                    "shortest": _with_unit(timing["shortest"], "s"),
                }
            )
    return rows


def spectra(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The spectrum of every channel that has one, drawn."""
    shown = []
    for one in figures.get("channels", []):
        spectrum = one.get("spectrum")
        curve = spectrum_curve(spectrum["frequencies"], spectrum["densities"]) if spectrum else None
        if curve is not None:
            words = _("%(name)s: strongest at %(dominant)s Hz, told apart to %(resolution)s Hz.")
            if spectrum["dominant"] is None:
                words = _("%(name)s: no frequency stands out above its drift.")
            said = {
                "name": one["name"],
                "dominant": figures_text(spectrum["dominant"]),
                "resolution": figures_text(spectrum["resolution"], 2),
            }
            shown.append({"name": one["name"], "curve": curve, "words": words % said})
    return shown


def replicate_rows(compared: Mapping[str, Any]) -> dict[str, Any]:
    """One channel's replicates as texts, the pool last."""
    apart = set(compared["apart"])
    rows = [
        {**_replicate(one), "apart": one["name"] in apart, "share": one["mean"]}
        for one in compared["replicates"]
    ]
    return {
        "name": compared["name"],
        "unit": "" if compared["unit"] == "1" else compared["unit"],
        "rows": rows,
        "most": max((abs(one["mean"]) for one in compared["replicates"]), default=0.0),
        "pooled": _replicate(compared["pooled"]),
        "apart": sorted(apart),
    }


def events_shown(capture: SignalCapture, start: float, end: float) -> dict[str, Any]:
    """Events between two moments: how many of each code, and the first ones one by one."""
    inside = [one for one in capture.events if start <= one[0] <= end]
    counted = Counter(one[1] for one in inside)
    return {
        "total": len(inside),
        "codes": [(code, formats.number(many)) for code, many in counted.most_common(12)],
        "listed": [
            {"at": figures_text(one[0], 6), "code": one[1], "text": one[2]}
            for one in inside[:SHOWN_EVENTS]
        ],
    }


def _replicate(one: Mapping[str, Any]) -> dict[str, Any]:
    spread = one["deviation"]
    cv = 100 * spread / abs(one["mean"]) if spread is not None and one["mean"] else None
    return {
        "name": one["name"],
        "n": formats.number(one["n"]),
        "mean": figures_text(one["mean"], 5),
        "deviation": figures_text(spread, 3),
        "cv": "–" if cv is None else formats.percent(cv / 100, digits=2),
    }


def _with_unit(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{figures_text(value)} {unit}"


def moment_of(text: str | None, otherwise: float) -> float:
    """A moment from an address; what it was otherwise where it is none."""
    try:
        value = float((text or "").replace(",", "."))
    except ValueError:
        return otherwise
    return value if abs(value) < 1e15 else otherwise


def units_missing(channels: Sequence[Mapping[str, Any]]) -> list[str]:
    """Names of analogue channels whose unit is still asked for."""
    return [one["name"] for one in channels if one["kind"] == "analog" and not one["unit"]]


def series_rows(channels: Sequence[SeriesChannel]) -> list[dict[str, Any]]:
    """The channels of a series: compared, or why they are not."""
    rows = []
    for one in channels:
        if one.comparison is None:
            units = ", ".join(unit or _("unit missing") for unit in one.units)
            rows.append({"name": one.name, "units": units, "rows": []})
        else:
            told = {"name": one.name, "unit": one.unit, **asdict(one.comparison)}
            rows.append(replicate_rows(told))
    return rows
