"""Numbers by which print and libraries know a book: ISBN, ISSN, DOI, with their check digits."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from .errors import NotGiven

DOI_PREFIX = re.compile(r"10\.\d{4,9}(?:/[A-Za-z0-9._;()/:-]*[A-Za-z0-9])?")


def checked_isbn(typed: str) -> str:
    """The ISBN as typed, its check digit found right; "" stays "".

    ISBN-13: weights 1 and 3, sum a multiple of 10, begins 978 or 979. ISBN-10: weights 10 to 1,
    sum a multiple of 11, X is ten.

    Raises: NotGiven: wrong length, signs or check digit; the text gives the right digit.
    Source: ISO 2108:2017.
    """
    said = typed.strip()
    if not said:
        return ""
    signs = re.sub(r"[\s-]", "", said).upper()
    if re.fullmatch(r"97[89]\d{10}", signs):
        right = isbn13_digit(signs[:12])
    elif re.fullmatch(r"\d{9}[\dX]", signs):
        right = isbn10_digit(signs[:9])
    else:
        raise NotGiven(
            _("“%(said)s” is no ISBN: it has 13 figures and begins with 978 or 979, or ten.")
            % {"said": said}
        )
    if right != signs[-1]:
        raise NotGiven(
            _("The ISBN %(said)s has a wrong digit: its last would be %(right)s, not %(last)s.")
            % {"said": said, "right": right, "last": signs[-1]}
        )
    return said


def checked_issn(typed: str) -> str:
    """The ISSN as NNNN-NNNC, its check digit found right; "" stays "".

    Weights 8 to 2, sum with the check digit a multiple of 11, X is ten.

    Raises: NotGiven. Source: ISO 3297:2022.
    """
    said = typed.strip()
    if not said:
        return ""
    signs = re.sub(r"[\s-]", "", said).upper()
    if not re.fullmatch(r"\d{7}[\dX]", signs):
        raise NotGiven(_("“%(said)s” is no ISSN: it has eight figures.") % {"said": said})
    right = issn_digit(signs[:7])
    if right != signs[-1]:
        raise NotGiven(
            _("The ISSN %(said)s has a wrong digit: its last would be %(right)s, not %(last)s.")
            % {"said": said, "right": right, "last": signs[-1]}
        )
    return f"{signs[:4]}-{signs[4:]}"


def checked_doi_prefix(typed: str) -> str:
    """The beginning of the papers' DOIs: "10.12345" or "10.12345/agadir2021"; "" stays "".

    Raises: NotGiven. Source: ISO 26324:2022.
    """
    said = typed.strip().removeprefix("https://doi.org/").removeprefix("doi:").rstrip("/")
    if said and not DOI_PREFIX.fullmatch(said):
        raise NotGiven(
            _("“%(said)s” is not the beginning of a DOI, such as 10.12345/agadir.") % {"said": said}
        )
    return said


def doi_of(prefix: str, scope: str, number: int) -> str:
    """The DOI of a paper, "" without a prefix: "10.12345/tvp.ma-2021.sym.7"."""
    if not prefix:
        return ""
    stem = prefix if "/" in prefix else f"{prefix}/{scope.lower().replace('/', '.')}"
    return f"{stem}.{number}"


def isbn13_digit(first: str) -> str:
    """The check digit of twelve figures."""
    total = sum(int(sign) * (3 if at % 2 else 1) for at, sign in enumerate(first))
    return str(-total % 10)


def isbn10_digit(first: str) -> str:
    """The check digit of nine figures; X is ten."""
    return _eleven(sum(int(sign) * (10 - at) for at, sign in enumerate(first)))


def issn_digit(first: str) -> str:
    """The check digit of seven figures; X is ten."""
    return _eleven(sum(int(sign) * (8 - at) for at, sign in enumerate(first)))


def _eleven(total: int) -> str:
    left = -total % 11
    return "X" if left == 10 else str(left)
