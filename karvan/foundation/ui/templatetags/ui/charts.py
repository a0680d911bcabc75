"""Charts and maps, each with the sentence it shows and a table behind it.

A page that shows one also loads ``ui/charts.css``.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from karvan.foundation.ui.charts.gantt import Gantt, axis_svg, lane_svg
from karvan.foundation.ui.charts.route import Route, route_svg

register = template.Library()


@register.inclusion_tag("ui/parts/gantt.html")
def gantt_chart(chart: Gantt) -> dict[str, Any]:
    """Lanes under an axis of days, as a table of pictures: ``{% gantt_chart chart %}``."""
    lanes = [(lane, SafeString(lane_svg(chart, lane))) for lane in chart.lanes]
    return {"chart": chart, "axis": SafeString(axis_svg(chart)), "lanes": lanes}


@register.inclusion_tag("ui/parts/route_map.html")
def route_map(route: Route, open: bool = False) -> dict[str, Any]:
    """The countries of a programme and the way from one to the next: ``{% route_map route %}``.

    ``open`` shows its table at once; else the reader opens it.
    """
    picture = route_svg(route, mirrored=get_language_bidi()) if route.countries else ""
    return {"route": route, "picture": SafeString(picture), "open": open}
