"""The place a line speaks of: out of one column or two, doubted where it lies elsewhere."""

from __future__ import annotations

from typing import Protocol

from karvan.foundation.ui import formats

from .places import Place, degree_of, lies_in, place_of

FAR_APART = 0.05  # degrees between a shape's middle and the two columns


class Cells(Protocol):
    def raw(self, name: str) -> str: ...
    def text(self, name: str) -> str: ...
    def doubt(self, code: str, name: str = "", **values: str) -> str: ...


def read_place(cells: Cells, countries: tuple[str, ...]) -> dict[str, object]:
    """``latitude``, ``longitude`` and ``geometry``, all None where no place is known."""
    shape, pair = _shape(cells), _pair(cells)
    if shape and pair and _apart(shape, pair):
        cells.doubt("places_differ", "geometry", value=f"{shape}", other=f"{pair}")
    found = shape or pair
    name = "geometry" if shape else "latitude"
    place = _doubted(cells, found, name, countries) if found else None
    if place is None:
        return {"latitude": None, "longitude": None, "geometry": None}
    return {
        "latitude": round(place.latitude, 7),
        "longitude": round(place.longitude, 7),
        "geometry": place.geometry,
    }


def _shape(cells: Cells) -> Place | None:
    text = cells.raw("geometry")
    if not text:
        return None
    try:
        return place_of(text)
    except ValueError:
        cells.doubt("place_unread", "geometry", value=text[:80])
        return None


def _pair(cells: Cells) -> Place | None:
    up, across = cells.text("latitude"), cells.text("longitude")
    if not up and not across:
        return None
    if not up or not across:
        cells.doubt("place_half", "latitude" if up else "longitude", value=up or across)
        return None
    try:
        return Place(degree_of(up), degree_of(across))
    except ValueError:
        cells.doubt("place_unread", "latitude", value=f"{up}, {across}"[:80])
        return None


def _apart(one: Place, other: Place) -> bool:
    return (
        abs(one.latitude - other.latitude) > FAR_APART
        or abs(one.longitude - other.longitude) > FAR_APART
    )


def _doubted(cells: Cells, place: Place, name: str, countries: tuple[str, ...]) -> Place | None:
    """The place after its doubts are settled; None where it is left empty."""
    if place.latitude == 0 and place.longitude == 0:
        cells.doubt("place_zero", name)
        return None
    turned = place.turned()
    if not place.is_on_earth:
        if not turned.is_on_earth:
            cells.doubt("place_out", name, value=f"{place}")
            return None
        return _as_settled(cells.doubt("place_swapped", name, value=f"{place}"), place, turned)
    if not countries or any(lies_in(place, code) for code in countries):
        return place
    if turned.is_on_earth and any(lies_in(turned, code) for code in countries):
        return _as_settled(cells.doubt("place_swapped", name, value=f"{place}"), place, turned)
    names = formats.locale_of().territories
    where = ", ".join(str(names.get(code, code)) for code in countries[:3])
    choice = cells.doubt("place_far", name, value=f"{place}", country=where)
    return _as_settled(choice, place, turned)


def _as_settled(choice: str, place: Place, turned: Place) -> Place | None:
    wanted = turned if choice == "swap" else None if choice == "drop" else place
    return wanted if wanted and wanted.is_on_earth else None
