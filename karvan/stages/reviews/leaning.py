"""How reviewers mark beside each other, in words, figures and a picture, for those who run the reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from karvan.foundation.ui import formats
from karvan.stages.calls.wording import worded
from karvan.stages.editions.models import Activity

from .models import Reviewer

SLIGHT, CLEAR = 100, 500  # hundredths of a point of leniency
LEAST_SCALE = 500  # hundredths to either side that a picture shows at least
HEIGHT = 24
FLAGS: dict[str, str | Promise] = {
    "strict": gettext_lazy("stricter than chance explains"),
    "lenient": gettext_lazy("more lenient than chance explains"),
    "flat": gettext_lazy("gives nearly everybody the same mark"),
    "inconsistent": gettext_lazy("differs from other readers more than the rest do"),
    "inattentive": gettext_lazy("marks do not go with those of other readers"),
}


@dataclass(frozen=True, slots=True)
class Leaning:
    """A reviewer's marks. Figures are points of 100; None where nothing is known yet.

    leniency: how much more (+) or less (−) than others for equal applications; ``words``
    says it; chance: one standard deviation of it.
    """

    reviewer: Reviewer
    reads: int
    mean: float | None
    spread: float | None
    leniency: float | None
    chance: float | None
    noise: float | None
    words: str
    flags: tuple[str, ...]
    strip: SafeString


def leanings(reviewers: Iterable[Any], styles: Mapping[str, Any]) -> list[Leaning]:
    """The reviewers, the most lenient first, those without a mark last.

    ``reviewers`` as ``reviewers_listed`` gives them, ``styles`` by the reviewer's id as text.
    """
    everyone = list(reviewers)
    scale = scale_of(styles.values())
    found = [_leaning(one, styles.get(str(one.pk)), scale) for one in everyone]
    return sorted(
        found, key=lambda one: (one.leniency is None, -(one.leniency or 0), one.reviewer.pk)
    )


def scale_of(styles: Iterable[Any]) -> int:
    """Hundredths of a point to either side of the middle: all strips have the same."""
    reach: list[int] = [abs(one.leniency) + 2 * one.chance for one in styles]
    return max([LEAST_SCALE, *(-(-one // LEAST_SCALE) * LEAST_SCALE for one in reach)])


def lean_in_words(leniency: int, chance: int) -> str:
    """A leniency in hundredths of a point, and its standard deviation, as a word."""
    size = abs(leniency)
    if size < SLIGHT or size <= chance:
        return _("like the others")
    if size < CLEAR:
        return _("slightly lenient") if leniency > 0 else _("slightly strict")
    return _("lenient") if leniency > 0 else _("strict")


def flag_in_words(flag: str) -> str:
    """What stands out about a reviewer's marks."""
    return f"{FLAGS.get(flag, flag)}"


def strip_svg(leniency: int, chance: int, scale: int, words: str) -> SafeString:
    """A line from ``-scale`` to ``scale`` with the leniency as a dot and two deviations as a bar.

    Strict lies where reading begins, lenient where it ends, in either direction of writing.
    """
    dot = _at(leniency, scale)
    ends = sorted((_at(leniency - 2 * chance, scale), _at(leniency + 2 * chance, scale)))
    middle = HEIGHT // 2
    tone = "bad" if abs(leniency) >= CLEAR and abs(leniency) > 2 * chance else "now"
    return SafeString(
        f'<svg class="leaning" width="100%" height="{HEIGHT}" role="img" data-tone="{tone}"'
        f' aria-label="{escape(words)}">'
        f'<line class="zero" x1="50%" x2="50%" y1="0" y2="{HEIGHT}"/>'
        f'<line class="reach" x1="{ends[0]:.4g}%" x2="{ends[1]:.4g}%" y1="{middle}" y2="{middle}"/>'
        f'<circle cx="{dot:.4g}%" cy="{middle}" r="4.5"/></svg>'
    )


def why_not_in_words(why_not: str, least_reads: int, least_reviewers: int, *, of: Activity) -> str:
    """Why no mark was corrected, as a sentence."""
    if why_not == "too_few_reads":
        return worded(
            of,
            "Marks are not corrected: each application needs at least %(n)s finished read, and "
            "there must be enough of them to tell strictness from chance.",
            number=least_reads,
            n=least_reads,
        )
    if why_not == "too_few_reviewers":
        return ngettext(
            "Marks are not corrected: at least %(n)s reviewer must have marked.",
            "Marks are not corrected: at least %(n)s reviewers must have marked.",
            least_reviewers,
        ) % {"n": least_reviewers}
    if why_not == "not_connected":
        return worded(
            of,
            "Marks are not corrected: reviewers have read too few of the same applications to be compared.",
        )
    if why_not == "no_difference":
        return _(
            "Marks are not corrected: reviewers do not differ by more than chance explains, "
            "so the mean as given is the best there is."
        )
    return ""


def _leaning(one: Any, style: Any, scale: int) -> Leaning:
    mean = None if one.mean is None else one.mean / 100
    if style is None:
        return Leaning(one, one.done, mean, None, None, None, None, "", (), SafeString(""))
    words = lean_in_words(style.leniency, style.chance)
    spoken = _("%(words)s: %(points)s points, give or take %(chance)s") % {
        "words": words,
        "points": formats.number(style.leniency / 100, digits=1),
        "chance": formats.number(2 * style.chance / 100, digits=1),
    }
    return Leaning(
        reviewer=one,
        reads=style.reads,
        mean=mean,
        spread=style.spread / 100 if style.reads > 1 else None,
        leniency=round(style.leniency / 100, 1),
        chance=style.chance / 100,
        noise=style.noise / 100,
        words=words,
        flags=tuple(flag_in_words(flag) for flag in style.flags),
        strip=strip_svg(style.leniency, style.chance, scale, spoken),
    )


def _at(value: int, scale: int) -> float:
    share = 50 + 50 * max(-1.0, min(1.0, value / scale))
    return 100 - share if get_language_bidi() else share
