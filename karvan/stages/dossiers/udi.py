"""The unique device identifier: GS1's check digit, and a serial number that is not shown."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from .models import DeviceUnit

DIGITS = 14
SHORTER = (8, 12, 13)  # other lengths of a trade item number; zeros go before them
SHOWN_AT_THE_END = 2


def check_digit(digits: str) -> int:
    """The digit that GS1 puts after these: weights 3 and 1 by turns from the last, up to ten."""
    weighted = sum(
        int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits))
    )
    return -weighted % 10


def said(typed: str) -> str:
    """What was typed as UDI-DI without the spaces and brackets of a label: "(01) 0 123…"."""
    plain = re.sub(r"[\s-]", "", typed)
    return plain.removeprefix("(01)")


def wrong(di: str) -> str:
    """What is wrong with a UDI-DI, in a sentence; "" where nothing is.

    GS1's has 14 digits. Those of other agencies have letters or signs and are kept as written.
    """
    if not di or not di.isascii() or not di.isdecimal():
        return ""
    if len(di) in SHORTER:
        padded = di.zfill(DIGITS)
        return _(
            "A UDI-DI of GS1 has 14 digits; this has %(found)s. Write it with zeros before it: %(padded)s."
        ) % {
            "found": len(di),
            "padded": padded,
        }
    if len(di) != DIGITS:
        return _("A UDI-DI of GS1 has 14 digits; this has %(found)s.") % {"found": len(di)}
    expected = check_digit(di[:-1])
    if int(di[-1]) != expected:
        return _(
            "The last digit of this UDI-DI should be %(expected)s, and is %(found)s. Read the label again."
        ) % {
            "expected": expected,
            "found": di[-1],
        }
    return ""


def serial_in_public(unit: DeviceUnit) -> str:
    """The serial number as everybody may read it: its last two signs, where it is hidden."""
    if not unit.serial or not unit.masks_serial:
        return unit.serial
    kept = unit.serial[-SHOWN_AT_THE_END:] if len(unit.serial) > 2 * SHOWN_AT_THE_END else ""
    return f"•••{kept}"
