"""Days as tables of roll calls write them."""

from __future__ import annotations

import re
from datetime import date, timedelta

DAY_ZERO = date(1970, 1, 1)
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})$")


def read_day(text: str) -> tuple[date | None, bool]:
    """The day, and whether it was written as days since 1970; (None, False) if it is no day.

    Of 3/4/1990 the first figure is taken for the day, unless only the second can be one.
    """
    text = text.strip()
    try:
        if found := ISO.match(text):
            return date(*map(int, found.groups())), False
        if found := DOTTED.match(text):
            first, second, year = map(int, found.groups())
            return (date(year, second, first) if second <= 12 else date(year, first, second)), False
        return DAY_ZERO + timedelta(days=int(float(text))), True
    except (ValueError, OverflowError):
        return None, False
