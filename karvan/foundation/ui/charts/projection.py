"""The Equal Earth projection: areas are true, and continents look as people know them.

Source: B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", International
Journal of Geographical Information Science 33 (2019), published online 2018,
doi:10.1080/13658816.2018.1504949.
"""

from __future__ import annotations

from math import asin, cos, isfinite, radians, sin, sqrt

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
ROOT_3 = sqrt(3)


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a place falls on the plane, x to the east and y to the north.

    Args: both in degrees, the longitude counted from the map's middle meridian. On a sphere of
    radius 1; the whole map reaches from -2.7066 to 2.7066 across and -1.3174 to 1.3174 upwards.
    Raises: ValueError for a latitude beyond the poles or a number that is not finite.
    Cost: one sine and one arc sine, about a microsecond.
    """
    if not isfinite(longitude) or not -90 <= latitude <= 90:
        raise ValueError(f"no place on earth: longitude {longitude!r}, latitude {latitude!r}")
    angle = asin(ROOT_3 / 2 * sin(radians(latitude)))
    square = angle * angle
    sixth = square**3
    slope = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
    x = 2 * ROOT_3 * radians(longitude) * cos(angle) / (3 * slope)
    return x, angle * (A1 + A2 * square + sixth * (A3 + A4 * square))
