"""A printed Hijri date is read and compared, and stays as it was printed."""

from __future__ import annotations

from datetime import date

import pytest

from karvan.foundation.places.hijri import HijriDate
from karvan.stages.convening.papers_hijri import Printed, hijri_doubt, read_printed

MUHARRAM = Printed(HijriDate(1434, 1, 17), HijriDate(1434, 1, 18))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("17-18 Muharram 1434 A.H.", MUHARRAM),
        ("17-18 Muharram 1434 A.H./1-2 December 2012", MUHARRAM),
        ("17–18 Mouharram 1434", MUHARRAM),
        ("17-18 محرم 1434 هـ", MUHARRAM),
        ("١٧-١٨ محرم ١٤٣٤ هـ", MUHARRAM),
        ("17 to 18 Muharram 1434H", MUHARRAM),
        ("7 Jumada II 1414", Printed(HijriDate(1414, 6, 7), HijriDate(1414, 6, 7))),
        ("27 Rabi I 1409", Printed(HijriDate(1409, 3, 27), HijriDate(1409, 3, 27))),
        ("29 Dhu al-Hijjah 1439 - 2 Muharram 1440", Printed(HijriDate(1439, 12, 29), HijriDate(1440, 1, 2))),
        ("13 Ramadan - 2 Shawwal 1440", Printed(HijriDate(1440, 9, 13), HijriDate(1440, 10, 2))),
        ("Muharram 1434", None),
        ("17 Brumaire 1434", None),
        ("", None),
    ],
)  # fmt: skip
def test_printed_dates_are_read(text, read):
    assert read_printed(text) == read


def test_dates_that_agree_leave_no_doubt():
    assert hijri_doubt("17-18 Muharram 1434 A.H.", date(2012, 12, 1), date(2012, 12, 2)) == ""
    assert hijri_doubt("", date(2012, 12, 1), date(2012, 12, 2)) == ""


@pytest.mark.parametrize(
    ("printed", "on", "computed"),
    [
        ("7 Jumada II 1414", date(1993, 11, 22), "9 Jumada al-Akhira 1414"),
        ("27 Rabi I 1409", date(1988, 11, 7), "28 Rabi al-Awwal 1409"),
    ],
)
def test_dates_that_differ_are_both_said(printed, on, computed):
    said = hijri_doubt(printed, on, on)

    assert printed in said
    assert computed in said
    assert "stays as printed" in said


def test_what_cannot_be_read_or_computed_is_said_and_kept():
    assert "cannot be read" in hijri_doubt(
        "in the month of Safar", date(2012, 12, 1), date(2012, 12, 2)
    )
    assert "cannot be computed" in hijri_doubt(
        "1 Safar 1300", date(1882, 12, 12), date(1882, 12, 12)
    )
