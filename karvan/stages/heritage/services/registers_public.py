"""What the public reads of a monument: everything but where looters would find it."""

from __future__ import annotations

import re

from karvan.stages.heritage.models import Monument

_SIDE = r"(?:\s?[NSEWСЮВЗnsew]\b)?"
_MINUTES = r"(?:\s?\d{1,2}(?:[.,]\d+)?\s?['′’])?(?:\s?\d{1,2}(?:[.,]\d+)?\s?[\"″”])?"
_FIGURE = re.compile(rf"\d{{1,3}}(?:[.,]\d{{2,}}\s?°?|\s?°{_MINUTES}){_SIDE}")


def public_texts(monument: Monument) -> dict[str, str]:
    """The description by language; in one of a monument in danger of looting, figures that may be
    coordinates are replaced by dots: decimals of two places and more, and degrees."""
    texts: dict[str, str] = monument.texts
    if not monument.is_at_risk_of_looting:
        return texts
    return {language: _FIGURE.sub("…", text) for language, text in texts.items()}
