"""A list of rows as one reader asked to see it: narrowed, sorted, cut into pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from . import export
from .columns import Column, Filter, Pick, Search, Selection, Words
from .parts import Head, Line, Link, PickBox, cell

PAGE_SIZE = 50
NOTHING_YET = _("Nothing here yet")


class Register:
    """What ``{% register register %}`` shows and ``file`` writes.

    name:      of the register in addresses and file names.
    caption:   what the table is, for those who hear it.
    order:     the ordering when the reader asked for none; the key settles ties.
    filters, picks, search: ways to narrow; only these are honoured, the rest of the
               address is ignored.
    row_url:   where a row leads: a function of the row.
    selection: acts on chosen rows.
    empty_*:   what will be here, and how to begin.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        columns: Sequence[Column],
        *,
        name: str,
        caption: Words,
        order: Sequence[str] = (),
        filters: Sequence[Filter] = (),
        picks: Sequence[Pick] = (),
        search: Search | None = None,
        row_url: Callable[[Any], str] | None = None,
        selection: Sequence[Selection] = (),
        empty_title: Words = NOTHING_YET,
        empty_text: Words = "",
        empty_url: str = "",
        empty_label: Words = "",
        page_size: int = PAGE_SIZE,
    ) -> None:
        self.asked = request.GET
        self.path = request.path
        self.given = rows
        self.all_columns = columns
        self.name = name
        self.caption = caption
        self.order = order
        self.filters = filters
        self.picks = picks
        self.search = search
        self.row_url = row_url
        self.selection = selection
        self.empty_title, self.empty_text = empty_title, empty_text
        self.empty_url, self.empty_label = empty_url, empty_label
        self.page_size = page_size

    # --- what was asked ---------------------------------------------------------------

    @cached_property
    def columns(self) -> list[Column]:
        """The columns to show: those chosen, else those shown at first."""
        wanted = self.asked.getlist("columns")
        chosen = [column for column in self.all_columns if column.key in wanted]
        return chosen or [column for column in self.all_columns if column.shown]

    @cached_property
    def sorted_by(self) -> tuple[Column | None, bool]:
        """The column the reader sorts by, and whether downwards; (None, False) if none allowed."""
        asked = self.asked.get("sort", "")
        key = asked.removeprefix("-")
        for column in self.all_columns:
            if column.key == key and column.sort:
                return column, asked.startswith("-")
        return None, False

    @property
    def has_search(self) -> bool:
        return self.search is not None

    @cached_property
    def query(self) -> str:
        """The words searched for."""
        return self.asked.get("q", "").strip() if self.search else ""

    @cached_property
    def filter(self) -> Filter | None:
        """The filter in force."""
        return next((one for one in self.filters if one.key == self.asked.get("show")), None)

    # --- rows -------------------------------------------------------------------------

    @cached_property
    def narrowed(self) -> QuerySet[Any]:
        """The rows after search and picks, before the filter in words."""
        rows = self.given
        for pick in self.picks:
            value = self.asked.get(pick.key)
            if value in {option for option, _words in pick.options if option}:
                rows = rows.filter(**{pick.where: value})
        return self.search(rows, self.query) if self.search and self.query else rows

    @cached_property
    def filtered(self) -> QuerySet[Any]:
        """All rows that fit, in order."""
        rows = self.narrowed.filter(self.filter.where) if self.filter else self.narrowed
        column, is_downwards = self.sorted_by
        order = [*self.order, "pk"]
        if column:
            order.insert(0, f"-{column.sort}" if is_downwards else column.sort)
        rows = rows.order_by(*order)
        return rows.distinct() if self.filter else rows

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows fit each filter, and "" for all of them; one query."""
        wanted = {
            f"filter_{number}": Count("pk", filter=one.where, distinct=True)
            for number, one in enumerate(self.filters)
        }
        found = self.narrowed.order_by().aggregate(every=Count("pk", distinct=True), **wanted)
        counted = {one.key: found[f"filter_{number}"] for number, one in enumerate(self.filters)}
        return {"": found["every"], **counted}

    @property
    def total(self) -> int:
        """How many rows fit what was asked."""
        return self.counts[self.filter.key if self.filter else ""]

    @cached_property
    def page_count(self) -> int:
        return max(1, -(-self.total // self.page_size))

    @cached_property
    def page(self) -> int:
        """The page shown, from 1; an impossible one becomes the nearest there is."""
        asked = self.asked.get("page", "1")
        number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
        return min(max(1, number), self.page_count)

    @cached_property
    def lines(self) -> list[Line]:
        """The rows of this page, ready to show; one query."""
        start = (self.page - 1) * self.page_size
        rows = self.filtered[start : start + self.page_size] if self.total else ()
        return [
            Line(
                row=row,
                key=str(row.pk),
                url=self.row_url(row) if self.row_url else "",
                cells=[cell(column, row) for column in self.columns],
            )
            for row in rows
        ]

    # --- what the template shows ------------------------------------------------------

    @property
    def first(self) -> int:
        return (self.page - 1) * self.page_size + 1

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1

    @property
    def is_narrowed(self) -> bool:
        """True if the reader narrowed it, so that empty does not mean nothing is there."""
        return bool(self.query or self.filter or any(box.value for box in self.pick_boxes))

    @cached_property
    def heads(self) -> list[Head]:
        """Column heads with the address that sorts by them: upwards, then downwards."""
        sorted_column, is_downwards = self.sorted_by
        return [
            Head(
                column=column,
                url=self._address(
                    sort=f"-{column.key}"
                    if column is sorted_column and not is_downwards
                    else column.key
                )
                if column.sort
                else "",
                sort=("descending" if is_downwards else "ascending")
                if column is sorted_column
                else "",
            )
            for column in self.columns
        ]

    @cached_property
    def filter_links(self) -> list[Link]:
        """The filters as words with counts, "all" first; none if there are no filters."""
        if not self.filters:
            return []
        listed = [Filter("", _("All"), self.filters[0].where), *self.filters]
        chosen = self.filter.key if self.filter else ""
        return [
            Link(one.title, self._address(show=one.key), one.key == chosen, self.counts[one.key])
            for one in listed
        ]

    @cached_property
    def pick_boxes(self) -> list[PickBox]:
        return [PickBox(pick, self.asked.get(pick.key, "")) for pick in self.picks]

    @property
    def previous_url(self) -> str:
        return self._address(page=str(self.page - 1)) if self.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self._address(page=str(self.page + 1)) if self.page < self.page_count else ""

    @property
    def whole_url(self) -> str:
        """The register with nothing narrowed."""
        return self.path

    @property
    def file_urls(self) -> list[Link]:
        """Addresses of the same rows as files."""
        return [
            Link(words, self._address(format=kind), False, 0)
            for kind, words in (("xlsx", "XLSX"), ("csv", "CSV"))
        ]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the search form must send along."""
        return [(key, self.asked[key]) for key in ("sort", "show") if key in self.asked]

    # --- files ------------------------------------------------------------------------

    @property
    def wants_file(self) -> bool:
        """True if the reader asked for a file; the view then answers with ``file()``."""
        return self.asked.get("format") in export.KINDS

    def file(self) -> HttpResponse:
        """All rows that fit as CSV or XLSX, in every column; one query."""
        return export.file(
            self.asked["format"],
            name=self.name,
            columns=self.all_columns,
            rows=self.filtered.iterator(chunk_size=500),
        )

    def _address(self, **changed: str) -> str:
        """This register's address with some of its question changed; a new question starts on page 1."""
        asked = self.asked.copy()
        for key in ("page", "format"):
            asked.pop(key, None)
        for key, value in changed.items():
            asked[key] = value
            if not value:
                del asked[key]
        return f"{self.path}?{asked.urlencode()}" if asked else self.path
