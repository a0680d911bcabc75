"""Dates, numbers and money in words and figures of the reader's language.

Every function takes an optional ``language`` (the active one by default). Figures are
Latin unless ``numbering`` says otherwise ("arab" for a country that writes ٠١٢٣).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from karvan.foundation import clock

Number = int | float | Decimal

HOURS_UNTIL_DAYS = 2  # days within which a moment is counted in hours
DAYS_UNTIL_MONTHS = 60

_LOCALES = {"en": "en_GB"}
_ARABIC_MARKS = {",": "،", ";": "؛"}
_DIGITS = {"arab": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")}


def locale_of(language: str | None = None) -> Locale:
    """The Babel locale for a language code; British order of day and month for English."""
    code = (language or get_language() or "en").split("-")[0]
    return Locale.parse(_LOCALES.get(code, code))


def date_in_words(day: date, language: str | None = None, *, numbering: str = "latn") -> str:
    """The date with its weekday: "Saturday, 19 December 2026", "19 dekabr 2026, şənbə"."""
    text = dates.format_date(day, "full", locale=locale_of(language))
    return _figures(text, numbering)


def days_in_words(first: date, last: date, language: str | None = None) -> str:
    """From one day to another, short: "12–13 Sept 2021", "14 Sept – 25 Oct 2021", "3 Jan 2027".

    Put together here, since what CLDR has for Azerbaijani puts the year first.
    """
    locale = locale_of(language)
    end = dates.format_date(last, "d MMM y", locale=locale)
    if first == last:
        return str(end)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    pattern = "d MMM" if first.year == last.year else "d MMM y"
    return f"{dates.format_date(first, pattern, locale=locale)} – {end}"


def month_in_words(day: date, language: str | None = None) -> str:
    """The month with its year: "September 2021"."""
    return str(dates.format_skeleton("yMMMM", day, locale=locale_of(language)))


def time_in_words(moment: datetime | time, language: str | None = None) -> str:
    """Hours and minutes of the day out of 24: "14:03"."""
    return str(dates.format_time(moment, "HH:mm", locale=locale_of(language)))


def datetime_in_words(
    moment: datetime,
    language: str | None = None,
    *,
    zone: str | tzinfo | None = None,
    numbering: str = "latn",
) -> str:
    """Date and time at ``zone`` (the reader's own when None): "…, 14:03 (Baku time)".

    The zone is named whenever it is not the reader's, and UTC always, since nobody lives there.
    A moment without a zone is taken as the reader's.
    """
    own = timezone.get_current_timezone()
    place = ZoneInfo(zone) if isinstance(zone, str) else zone or own
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment, own)
    local = moment.astimezone(place)
    with override(language or get_language()):
        text = gettext("%(date)s, %(time)s") % {
            "date": date_in_words(local.date(), language),
            "time": time_in_words(local.replace(tzinfo=None), language),
        }
        if _zone_key(place) != _zone_key(own) or _zone_key(place) == "UTC":
            text = gettext("%(moment)s (%(zone)s)") % {
                "moment": text,
                "zone": zone_in_words(place, language),
            }
    return _figures(text, numbering)


def zone_in_words(zone: str | tzinfo, language: str | None = None) -> str:
    """The zone by its city: "Baku time"; "UTC" for UTC."""
    place = ZoneInfo(zone) if isinstance(zone, str) else zone
    key = _zone_key(place)
    if key == "UTC" or "/" not in key:
        return key
    city = dates.get_timezone_location(key, locale=locale_of(language), return_city=True)
    with override(language or get_language()):
        return gettext("%(city)s time") % {"city": city}


def relative(moment: date, language: str | None = None) -> str:
    """How far off: "in 12 days", "3 hours ago". For use beside the date, never in its place.

    A date counts in whole days; today is "today". Months from 60 days on.
    """
    is_moment = isinstance(moment, datetime)
    between = moment - clock.now() if isinstance(moment, datetime) else moment - clock.today()
    days = abs(between.days)
    if not is_moment and not days:
        with override(language or get_language()):
            return gettext("today")
    unit, threshold = _unit(days, is_moment)
    return str(
        dates.format_timedelta(
            between,
            granularity=unit,
            threshold=threshold,
            add_direction=True,
            locale=locale_of(language),
        )
    )


def _unit(days: int, is_moment: bool) -> tuple[Literal["minute", "day", "month"], float]:
    """Babel's unit and the count from which it takes the next larger one."""
    if is_moment and days < HOURS_UNTIL_DAYS:
        return "minute", 1.5
    return ("day", 100) if days < DAYS_UNTIL_MONTHS else ("month", 1.5)


def number(
    value: Number,
    language: str | None = None,
    *,
    digits: int | None = None,
    numbering: str = "latn",
) -> str:
    """A number with the language's separators: 12,345.5 · 12 345,5 · 12.345,5.

    ``digits`` fixes how many stand after the separator, so that a column lines up.
    """
    fixed = None if digits is None else "#,##0." + "0" * digits if digits else "#,##0"
    text = numbers.format_decimal(
        value, format=fixed, locale=locale_of(language), numbering_system=numbering
    )
    return _figures(text, numbering)


def percent(
    share: Number, language: str | None = None, *, digits: int = 0, numbering: str = "latn"
) -> str:
    """A share of 1 in per cent: 0.3 is "30%"."""
    pattern = locale_of(language).percent_formats[None].pattern
    if digits:
        pattern = pattern.replace("#,##0", "#,##0." + "0" * digits)
    text = numbers.format_percent(
        share, format=pattern, locale=locale_of(language), numbering_system=numbering
    )
    return _figures(text, numbering)


def money(
    amount: Number, currency: str, language: str | None = None, *, numbering: str = "latn"
) -> str:
    """An amount in a currency by its code: "1,234.50 AZN", never by a sign two countries share."""
    figure = numbers.format_decimal(
        Decimal(str(amount)),
        format="#,##0.00",
        locale=locale_of(language),
        numbering_system=numbering,
    )
    return f"{_figures(figure, numbering)}\N{NO-BREAK SPACE}{currency}"


def in_a_row(parts: Iterable[str], mark: Literal[",", ";"] = ",") -> str:
    """The parts one after another, with the comma or semicolon that the language writes."""
    is_arabic = (get_language() or "en").startswith("ar")
    return f"{_ARABIC_MARKS[mark] if is_arabic else mark} ".join(parts)


def _figures(text: str, numbering: str) -> str:
    return text.translate(_DIGITS[numbering]) if numbering in _DIGITS else text


def _zone_key(zone: tzinfo) -> str:
    return str(getattr(zone, "key", "") or zone)
