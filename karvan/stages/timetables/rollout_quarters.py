"""Quarters of a year by their keys: "2027-1" is January to March 2027."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _


def quarters_between(first: date, last: date) -> list[str]:
    """The keys of the quarters that these days touch, in order of time."""
    start = first.year * 4 + (first.month - 1) // 3
    end = last.year * 4 + (last.month - 1) // 3
    return [f"{number // 4}-{number % 4 + 1}" for number in range(start, end + 1)]


def quarter_days(key: str) -> tuple[date, date]:
    """Its first and last day."""
    year, number = (int(part) for part in key.split("-"))
    after = date(year + number // 4, number % 4 * 3 + 1, 1)
    return date(year, number * 3 - 2, 1), after - timedelta(days=1)


def quarter_in_words(key: str) -> str:
    """ "quarter 1 of 2027"."""
    year, number = key.split("-")
    return _("quarter %(number)s of %(year)s") % {"number": number, "year": year}
