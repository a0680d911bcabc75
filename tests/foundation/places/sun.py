"""A second calculation of prayer times, to hold the first one against.

Written from the low-precision solar position of J. Meeus, Astronomical Algorithms, 2nd ed.,
chapter 25 (the one NOAA's calculator uses), each event iterated on its own moment. It shares no
code with the library and knows no margins of any method.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from math import acos, asin, atan, cos, degrees, radians, sin, tan

RISE = -0.833  # refraction and half the sun's disc
Event = Callable[[float, float], float | None]


def times(
    latitude: float, longitude: float, on: date, fajr: float, isha: float, shadow: int = 1
) -> dict[str, datetime | None]:
    """The six moments in UTC; None where the sun does not reach the angle that day."""

    def noon(_declination: float, equation: float) -> float:
        return 720 - 4 * longitude - equation

    def at_altitude(altitude: float, side: int) -> Event:
        def minutes(declination: float, equation: float) -> float | None:
            part = sin(radians(altitude)) - sin(radians(latitude)) * sin(declination)
            cosine = part / (cos(radians(latitude)) * cos(declination))
            if abs(cosine) > 1:
                return None
            return noon(declination, equation) + side * 4 * degrees(acos(cosine))

        return minutes

    def asr(declination: float, equation: float) -> float | None:
        altitude = degrees(atan(1 / (shadow + tan(abs(radians(latitude) - declination)))))
        return at_altitude(altitude, 1)(declination, equation)

    begun = datetime(on.year, on.month, on.day, tzinfo=UTC)
    day = on.toordinal() + 1721424.5
    middle = 720 - 4 * longitude
    events: dict[str, tuple[Event, float]] = {
        "fajr": (at_altitude(-fajr, -1), middle - 420),
        "sunrise": (at_altitude(RISE, -1), middle - 360),
        "dhuhr": (noon, middle),
        "asr": (asr, middle + 200),
        "maghrib": (at_altitude(RISE, 1), middle + 360),
        "isha": (at_altitude(-isha, 1), middle + 420),
    }
    found = {name: _iterated(event, guess, day) for name, (event, guess) in events.items()}
    return {
        name: None if minutes is None else begun + timedelta(minutes=minutes)
        for name, minutes in found.items()
    }


def _iterated(event: Event, guess: float, day: float) -> float | None:
    minutes: float | None = guess
    for _ in range(6):
        minutes = event(*_sun(day + minutes / 1440))
        if minutes is None:
            return None
    return minutes


def _sun(julian_day: float) -> tuple[float, float]:
    """Declination in radians and the equation of time in minutes."""
    t = (julian_day - 2451545) / 36525
    mean = (280.46646 + t * (36000.76983 + t * 0.0003032)) % 360
    anomaly = radians(357.52911 + t * (35999.05029 - 0.0001537 * t))
    eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t)
    centre = (
        sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t))
        + sin(2 * anomaly) * (0.019993 - 0.000101 * t)
        + sin(3 * anomaly) * 0.000289
    )
    node = radians(125.04 - 1934.136 * t)
    apparent = radians(mean + centre - 0.00569 - 0.00478 * sin(node))
    seconds = 21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))
    tilt = radians(23 + (26 + seconds / 60) / 60 + 0.00256 * cos(node))
    y, mean = tan(tilt / 2) ** 2, radians(mean)
    equation = 4 * degrees(
        y * sin(2 * mean)
        - 2 * eccentricity * sin(anomaly)
        + 4 * eccentricity * y * sin(anomaly) * cos(2 * mean)
        - y * y * sin(4 * mean) / 2
        - 1.25 * eccentricity**2 * sin(2 * anomaly)
    )
    return asin(sin(tilt) * sin(apparent)), equation
