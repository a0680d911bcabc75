"""One quota as a line from nobody to all places: what is allowed, what the pool would give, who is in."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from karvan.foundation.ui import formats

HEIGHT = 26
MIDDLE = HEIGHT // 2
DIAMOND = "M0-6 6 0 0 6-6 0z"


def gauge_svg(
    places: int, floor: int | None, ceiling: int | None, share: float, inside: int | None
) -> SafeString:
    """The line of one quota; it runs with the direction of writing.

    A bar shows what is allowed, an upright stroke how many people the pool's share of the
    places comes to, a diamond how many are in.

    Args:
        places, floor, ceiling, inside: people; None is no limit, or not known.
        share: of the pool, 0 to 1.
    """
    expected = share * places
    start, end = sorted(
        (_at(floor or 0, places), _at(places if ceiling is None else ceiling, places))
    )
    pool = _at(expected, places)
    drawn = (
        f'<line class="all" x1="0%" x2="100%" y1="{MIDDLE}" y2="{MIDDLE}"/>'
        f'<rect class="allowed" x="{start:.4g}%" width="{end - start:.4g}%" y="{MIDDLE - 3}" height="6"/>'
        f'<line class="pool" x1="{pool:.4g}%" x2="{pool:.4g}%" y1="3" y2="{HEIGHT - 3}"/>'
    )
    if inside is not None:
        kept = (floor or 0) <= inside <= (places if ceiling is None else ceiling)
        drawn += (
            f'<svg class="in" x="{_at(inside, places):.4g}%" y="{MIDDLE}" overflow="visible">'
            f'<path d="{DIAMOND}" data-kept="{"yes" if kept else "no"}"/></svg>'
        )
    words = escape(gauge_in_words(places, floor, ceiling, expected, inside))
    return SafeString(
        f'<svg class="gauge" width="100%" height="{HEIGHT}" role="img" aria-label="{words}">{drawn}</svg>'
    )


def gauge_in_words(
    places: int, floor: int | None, ceiling: int | None, expected: float, inside: int | None
) -> str:
    """What the line shows, for those who do not see it."""
    said = [
        _("at least %(floor)s, at most %(ceiling)s of %(places)s")
        % {
            "floor": floor or 0,
            "ceiling": places if ceiling is None else ceiling,
            "places": places,
        },
        _("the pool's share comes to %(people)s") % {"people": formats.number(expected, digits=1)},
    ]
    if inside is not None:
        said.insert(0, _("%(people)s in") % {"people": formats.number(inside)})
    return formats.in_a_row(said, mark=";")


def _at(people: float, places: int) -> float:
    """Out of 100 from the left; a figure beyond all places stands at the end."""
    share = 100 * min(1.0, people / places) if places else 0.0
    return 100 - share if get_language_bidi() else share
