"""From the cells of somebody's register to titles, each with what is doubtful in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.files.tables import Line, Table
from karvan.foundation.places.models import Country
from karvan.foundation.texts import fold, in_language

from .models import Title, TitleSeries
from .title_register_countries import Countries
from .title_register_tables import guessed_columns, one_city_a_row
from .titles_data import names_in, packaged_titles

KINDS = {
    "permanent": "permanent", "permanente": "permanent", "daimi": "permanent", "دائم": "permanent",
    "additional": "additional", "extra": "additional", "supplementaire": "additional",
    "special": "additional", "elave": "additional", "إضافي": "additional",
}  # fmt: skip
YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
FOOTNOTE = re.compile(r"\[[\w ]{1,3}\]")
SEVERAL = re.compile(r"[,;/&،+]")
NOTHING = {"", "-", "–", "—", "n/a", "na", "none", "null", "?"}


@dataclass
class Found:
    """One row as it would be taken. ``doubts`` are sentences; a blocked row cannot be taken."""

    line: int
    key: str  # tells rows of one line apart
    city: str
    names: dict[str, str]
    year: int | None
    region: str
    region_said: str
    country: Country | None
    kind: str
    reason: str
    note: str
    source: str
    latitude: float | None
    longitude: float | None
    year_held: int | None
    doubts: list[str] = field(default_factory=list)
    is_blocked: bool = False
    needs_reason: bool = False


@dataclass(frozen=True)
class Reading:
    """All rows; ``columns`` says which column was read as what, ``unknown`` the regions' labels."""

    head: tuple[str, ...]
    columns: Mapping[str, int]
    unknown: tuple[str, ...]
    rows: tuple[Found, ...]

    @property
    def doubtful(self) -> int:
        """How many rows have a doubt."""
        return sum(bool(one.doubts) for one in self.rows)


def read_register(
    table: Table,
    series: TitleSeries,
    *,
    columns: Mapping[str, int] | None = None,
    regions: Mapping[str, str] | None = None,
) -> Reading:
    """The rows of a table as titles of a series.

    ``columns`` overrides which column is read as what; ``regions`` says which region of the
    series a label stands for. Nothing is guessed in silence: what is filled in or left open is
    a doubt of its row. Cost: three queries, about 20 ms for a hundred rows.
    """
    used = dict(guessed_columns(table.head)) if columns is None else dict(columns)
    across = {at: name for at, name in enumerate(table.head) if region_of(series, name)}
    if columns is None and "city" not in used and "region" not in used and across:
        table = one_city_a_row(table, across)
        used = dict(guessed_columns(table.head))
    reader = _Reader(table, series, used, dict(regions or {}))
    seen: Counter[int] = Counter()
    rows = []
    for line in table.lines:
        seen[line.number] += 1
        count = seen[line.number]
        rows.append(reader.row(line, str(line.number) if count == 1 else f"{line.number}-{count}"))
    reader.check_seats(rows)
    return Reading(table.head, used, tuple(dict.fromkeys(reader.unknown)), tuple(rows))


class _Reader:
    def __init__(
        self, table: Table, series: TitleSeries, columns: dict[str, int], regions: dict[str, str]
    ) -> None:
        self.table, self.series = table, series
        self.columns = columns
        known = {one["code"] for one in series.regions}
        self.regions = {label: code for label, code in regions.items() if code in known}
        self.countries = Countries(Country.objects.all())
        self.unknown: list[str] = []
        self.titles = list(Title.objects.filter(series=series))
        self.there = {
            (one.year, fold(name)) for one in self.titles for name in one.city_names.values()
        }

    def row(self, line: Line, key: str) -> Found:
        said = {name: self._said(line, name) for name in self.columns}
        found = Found(
            line=line.number, key=key, city="", names={}, year=None, region="", region_said="",
            country=None, kind="regular", reason=said.get("reason", ""), note=said.get("note", ""),
            source=said.get("source", ""), latitude=None, longitude=None, year_held=None,
        )  # fmt: skip
        if not line.is_readable:
            self._block(found, _("Some signs of this line cannot be read in the file's encoding."))
        if len([cell for cell in line.cells if str(cell).strip()]) > len(self.table.head):
            self._block(found, _("This line has more cells than there are columns: a label may hold the separator without quotation marks."))  # fmt: skip
        self._year(found, said)
        self._city(found, said)
        self._region(found, said)
        self._kind(found, said)
        self._where(found, said)
        self._from_what_is_known(found)
        self._repeated(found)
        return found

    def check_seats(self, rows: list[Found]) -> None:
        """Mark the rows beyond the seats of their region and year that give no reason."""
        taken = Counter((one.region, one.year) for one in self.titles if one.kind == "regular")
        seats = self.series.seats_per_region
        for one in rows:
            if one.is_blocked or one.kind == "permanent":
                continue
            if one.kind == "regular" and one.region:
                taken[one.region, one.year or 0] += 1
            over = taken[one.region, one.year or 0] > seats and one.kind == "regular"
            if (over and one.region or one.kind == "additional") and not one.reason:
                one.needs_reason = True
                one.doubts.append(
                    _("%(region)s has more cities in %(year)s than seats. Say why.")
                    % {"region": one.region, "year": one.year}
                    if over
                    else _("An additional title says why it is there.")
                )

    def _said(self, line: Line, name: str) -> str:
        at = self.columns.get(name, -1)
        if not 0 <= at < len(line.cells):
            return ""
        cell: Any = line.cells[at]
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        text = " ".join(FOOTNOTE.sub("", str(cell if cell is not None else "")).split())
        return "" if text.lower() in NOTHING else text

    def _block(self, found: Found, doubt: str) -> None:
        found.doubts.append(doubt)
        found.is_blocked = True

    def _year(self, found: Found, said: dict[str, str]) -> None:
        text = said.get("year", "")
        years = [int(one) for one in YEAR.findall(text)]
        if not years:
            self._block(found, _("“%(said)s” is not a year.") % {"said": text} if text else _("The year is missing."))  # fmt: skip
            return
        found.year = years[0]
        if len(set(years)) > 1:
            found.doubts.append(
                _("“%(said)s” names several years; %(year)d is taken.")
                % {"said": text, "year": years[0]}
            )
        if not self.series.first_year <= years[0] <= 2200:
            self._block(
                found,
                _("%(year)d lies before the first year of the series, %(first)d.")
                % {"year": years[0], "first": self.series.first_year}
                if years[0] < self.series.first_year
                else _("%(year)d is not a year of a title.") % {"year": years[0]},
            )
        held = YEAR.search(said.get("year_held", ""))
        found.year_held = int(held[1]) if held else None

    def _city(self, found: Found, said: dict[str, str]) -> None:
        text = said.get("city", "")
        if not text:
            self._block(found, _("The city is missing."))
            return
        city, country = self._split(text)
        found.city, found.country = city, country
        language = "ar" if re.search(r"[\u0600-\u06ff]", city) else "en"
        found.names = {language: city}
        if SEVERAL.search(city):
            found.doubts.append(
                _("“%(city)s” may name several cities; it would be taken as one.") % {"city": city}
            )
        label = said.get("country", "")
        if label:
            named = self.countries.named(label)
            if named is None:
                found.doubts.append(
                    _("The country “%(country)s” is not known here; the title would have none.")
                    % {"country": label}
                )
            elif country and named != country:
                found.doubts.append(
                    _("The label names %(first)s, the column %(second)s; the column is taken.")
                    % {"first": country, "second": named}
                )
            found.country = named or found.country

    def _split(self, text: str) -> tuple[str, Country | None]:
        """ "Tripoli (Libya)" and "Tarim, Yemen" as a city and its country, where it is one."""
        for pattern in (r"^(.+?)\s*[(\[](.+?)[)\]]$", r"^(.+?)\s*[,;/،]\s*([^,;/،]+)$"):
            found = re.match(pattern, text)
            country = self.countries.named(found[2]) if found else None
            if found and country:
                return found[1], country
        return text, None

    def _region(self, found: Found, said: dict[str, str]) -> None:
        label = found.region_said = said.get("region", "")
        if not label:
            found.doubts.append(_("The region is not given; the title would have none."))
            return
        found.region = self.regions.get(label, "") or region_of(self.series, label)
        if not found.region:
            self.unknown.append(label)
            self._block(
                found,
                _("“%(region)s” is not a region of the series. Say which one it is.")
                % {"region": label},
            )

    def _kind(self, found: Found, said: dict[str, str]) -> None:
        text = fold(said.get("kind", ""))
        found.kind = next((kind for word, kind in KINDS.items() if fold(word) in text), "regular")
        if found.year_held and found.year_held != found.year and not (found.note or found.reason):
            found.doubts.append(
                _("It moved to %(year)d and the file does not say why.") % {"year": found.year_held}
            )
            found.needs_reason = True

    def _where(self, found: Found, said: dict[str, str]) -> None:
        if not (said.get("latitude") and said.get("longitude")):
            return
        try:
            latitude, longitude = (
                float(said[name].replace(",", ".").rstrip("°NSEWnsew "))
                for name in ("latitude", "longitude")
            )
        except ValueError:
            latitude = longitude = 999.0
        if abs(latitude) > 90 or abs(longitude) > 180:
            found.doubts.append(
                _("The coordinates cannot be read; the city would not be on the map.")
            )
            return
        found.latitude, found.longitude = latitude, longitude

    def _from_what_is_known(self, found: Found) -> None:
        known = [
            row
            for row in packaged_titles()
            if fold(found.city) in {fold(name) for name in names_in(row).values()}
            and (found.country is None or row["country"] == found.country.code)
        ]
        if len({row["country"] for row in known}) != 1:
            return
        row = known[0]
        found.names = names_in(row)
        if found.country is None:
            found.country = self.countries.by_code(row["country"])
            if found.country:
                found.doubts.append(
                    _("The country is filled in from what is known of the city: %(country)s.")
                    % {"country": found.country}
                )
        if found.latitude is None:
            found.latitude, found.longitude = float(row["latitude"]), float(row["longitude"])

    def _repeated(self, found: Found) -> None:
        if found.is_blocked or found.year is None:
            return
        keys = {(found.year, fold(name)) for name in found.names.values()}
        if keys & self.there:
            same = _("%(city)s %(year)d is in the register already, or stands in the file twice.")
            self._block(found, same % {"city": in_language(found.names), "year": found.year})
        self.there |= keys


def region_of(series: TitleSeries, label: str) -> str:
    """The code of the region that a label means, "" where none or several fit."""
    said = fold(label)
    exact = [
        one["code"]
        for one in series.regions
        if said in {fold(one["code"]), *(fold(name) for name in one["names"].values())}
    ]
    if exact:
        return str(exact[0])
    near = [
        one["code"]
        for one in series.regions
        if (len(one["code"]) >= 4 and fold(one["code"])[:4] in said)
        or any(len(said) >= 4 and said in fold(name) for name in one["names"].values())
    ]
    return str(near[0]) if len(set(near)) == 1 else ""
