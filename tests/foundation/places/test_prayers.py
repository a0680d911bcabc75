"""Prayer times: against a second calculation, a published table, at high latitudes, by method."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from karvan.foundation.places.prayers import Asr, Method, prayer_times, proposed_method
from karvan.foundation.places.tables import rows

from . import sun

EVENTS = ("fajr", "sunrise", "dhuhr", "asr", "maghrib", "isha")
CITIES = {
    "Baku": (40.4093, 49.8671, "Asia/Baku"),
    "Almaty": (43.2380, 76.8890, "Asia/Almaty"),
    "Bishkek": (42.8746, 74.5698, "Asia/Bishkek"),
    "Islamabad": (33.6844, 73.0479, "Asia/Karachi"),
    "Abuja": (9.0765, 7.3986, "Africa/Lagos"),
    "Tashkent": (41.2995, 69.2401, "Asia/Tashkent"),
    "Rabat": (34.0209, -6.8416, "Africa/Casablanca"),
    "Cairo": (30.0444, 31.2357, "Africa/Cairo"),
    "Dakar": (14.7167, -17.4677, "Africa/Dakar"),
    "Amman": (31.9454, 35.9284, "Asia/Amman"),
    "Bandar Seri Begawan": (4.9031, 114.9398, "Asia/Brunei"),
}
FORTNIGHTS = [date(2027, 1, 1) + timedelta(days=14 * n) for n in range(26)]


def clock(found):
    return {name: f"{getattr(found, name):%H:%M}" for name in EVENTS}


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize(("method", "fajr", "isha"), [("mwl", 18, 17), ("egypt", 19.5, 17.5)])
def test_times_agree_with_a_second_calculation_all_year(city, method, fajr, isha):
    """Rounding to the minute alone takes 30 seconds; Asr is taken at noon's declination."""
    latitude, longitude, zone = CITIES[city]
    for on in FORTNIGHTS:
        ours = prayer_times(latitude, longitude, on, zone, method, "standard")
        theirs = sun.times(latitude, longitude, on, fajr, isha)
        for name in EVENTS:
            margin = timedelta(minutes=1) if name == "dhuhr" else timedelta()  # the method's own
            apart = abs((getattr(ours, name) - margin - theirs[name]).total_seconds())
            assert apart <= (75 if name == "asr" else 35), (city, on, name, apart)


def test_a_published_table_is_met_to_the_minute():
    """Raleigh, 12 July 2015: the reference case of the Adhan libraries, in all their languages."""
    found = prayer_times(35.7750, -78.6336, date(2015, 7, 12), "America/New_York", "isna", "hanafi")

    assert clock(found) == {
        "fajr": "04:42", "sunrise": "06:08", "dhuhr": "13:21",
        "asr": "18:22", "maghrib": "20:32", "isha": "21:57",
    }  # fmt: skip


def test_the_moments_are_aware_of_the_clock_of_the_place():
    """Morocco's clock stands at UTC in Ramadan and an hour ahead outside it."""
    latitude, longitude, zone = CITIES["Rabat"]

    inside = prayer_times(latitude, longitude, date(2027, 2, 20), zone, "mwl", "standard")
    outside = prayer_times(latitude, longitude, date(2027, 4, 20), zone, "mwl", "standard")

    assert inside.dhuhr.tzinfo == ZoneInfo(zone)
    assert (inside.dhuhr.utcoffset(), outside.dhuhr.utcoffset()) == (
        timedelta(), timedelta(hours=1),
    )  # fmt: skip
    assert inside.dhuhr.date() == date(2027, 2, 20)


def test_the_hanafi_asr_is_later_and_the_rest_is_the_same():
    latitude, longitude, zone = CITIES["Tashkent"]
    on = date(2027, 4, 5)

    standard = prayer_times(latitude, longitude, on, zone, "mwl", "standard")
    hanafi = prayer_times(latitude, longitude, on, zone, "mwl", "hanafi")

    assert timedelta(minutes=45) < hanafi.asr - standard.asr < timedelta(minutes=90)
    assert [getattr(standard, name) for name in EVENTS if name != "asr"] == [
        getattr(hanafi, name) for name in EVENTS if name != "asr"
    ]
    second = sun.times(latitude, longitude, on, 18, 17, shadow=2)["asr"]
    assert abs((hanafi.asr - second).total_seconds()) <= 75


def test_umm_al_qura_waits_two_hours_after_sunset_in_ramadan():
    inside = prayer_times(21.4225, 39.8262, date(2027, 2, 20), "Asia/Riyadh", "umm_al_qura", "standard")  # fmt: skip
    outside = prayer_times(21.4225, 39.8262, date(2027, 4, 20), "Asia/Riyadh", "umm_al_qura", "standard")  # fmt: skip

    assert inside.isha - inside.maghrib == timedelta(hours=2)
    assert outside.isha - outside.maghrib == timedelta(hours=1, minutes=30)


@pytest.mark.parametrize("method", Method.values)
@pytest.mark.parametrize("city", ["Almaty", "Rabat", "Bandar Seri Begawan"])
def test_every_method_keeps_the_order_of_the_day(method, city):
    latitude, longitude, zone = CITIES[city]
    for on in (date(2027, 3, 20), date(2027, 6, 21), date(2027, 12, 21)):
        found = prayer_times(latitude, longitude, on, zone, method, "standard")

        moments = [getattr(found, name) for name in EVENTS]
        assert moments == sorted(moments) and len(set(moments)) == 6
        assert not found.bounded


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [(55.7963, 49.1064, "Europe/Moscow"), (69.6492, 18.9553, "Europe/Oslo")],
)
def test_where_twilight_lasts_all_night_the_times_are_bounded_and_say_so(latitude, longitude, zone):
    """Kazan in June has no night of 18 degrees, Tromsø no sunset at all."""
    on = date(2027, 6, 21)
    found = prayer_times(latitude, longitude, on, zone, "mwl", "standard")

    assert sun.times(latitude, longitude, on, 18, 17)["fajr"] is None
    assert found.bounded
    assert found.fajr < found.sunrise < found.dhuhr < found.asr < found.maghrib <= found.isha


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": 91.0},
        {"longitude": -181.0},
        {"method": "guess"},
        {"asr": "maliki"},
        {"on": date(1900, 1, 1)},
    ],
)
def test_what_cannot_be_calculated_is_refused(wrong):
    asked = {
        "latitude": 40.4, "longitude": 49.9, "on": date(2027, 1, 1), "time_zone": "Asia/Baku",
        "method": "mwl", "asr": "standard",
    }  # fmt: skip

    with pytest.raises(ValueError, match=r"place|given|valid"):
        prayer_times(**{**asked, **wrong})


def test_each_countrys_proposal_is_a_method_and_a_rule_that_exist():
    listed = list(rows("prayer_methods.csv"))

    assert {row["method"] for row in listed} <= set(Method.values)
    assert {row["asr"] for row in listed} <= set(Asr.values)
    assert (proposed_method("PK").method, proposed_method("PK").asr) == ("karachi", "hanafi")
    assert (proposed_method("TD").method, proposed_method("TD").asr) == ("mwl", "standard")


def test_diyanets_margins_are_those_published():
    latitude, longitude, on = 41.0082, 28.9784, date(2027, 4, 20)
    plain = prayer_times(latitude, longitude, on, "Europe/Istanbul", "mwl", "standard")
    turkish = prayer_times(latitude, longitude, on, "Europe/Istanbul", "diyanet", "standard")

    apart = {
        name: (getattr(turkish, name) - getattr(plain, name)) // timedelta(minutes=1)
        for name in EVENTS
    }
    assert apart == {"fajr": 0, "sunrise": -7, "dhuhr": 4, "asr": 4, "maghrib": 7, "isha": 0}
    assert isinstance(turkish.fajr, datetime)
