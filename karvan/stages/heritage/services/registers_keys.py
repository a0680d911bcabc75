"""What is kept beside a monument so that it is found fast, and shown no more exactly than it may be."""

from __future__ import annotations

import math

from karvan.foundation.texts import fold, in_language
from karvan.stages.heritage.models import Monument, Register

KM_A_DEGREE = 111.32
KEY_LONGEST = 4_000


def rounded(latitude: float, longitude: float, km: int) -> tuple[float, float]:
    """The middle of the grid cell of ``km`` by ``km`` a place lies in, to two decimals.

    The cells are the same for every place, so that many roundings of one place, or of places
    beside each other, tell no more than one does.
    """
    step = max(km, 1) / KM_A_DEGREE
    up = (math.floor(latitude / step) + 0.5) * step
    up = max(-90.0, min(90.0, up))
    wide = step / max(math.cos(math.radians(up)), 0.01)
    across = (math.floor(longitude / wide) + 0.5) * wide
    return round(up, 2), round(max(-180.0, min(180.0, across)), 2)


def keyed(monument: Monument, register: Register) -> Monument:
    """Fill what is worked out of the rest: search and sort keys, and the public place.

    The address of a monument in danger of looting is not searched, so that searching cannot
    tell where it stands.
    """
    parts = [
        *monument.names.values(),
        *monument.aka,
        monument.national_id,
        monument.kind,
        monument.adm1,
        monument.adm2,
        monument.builder,
        monument.whs_id,
        "" if monument.is_at_risk_of_looting else monument.address,
    ]
    monument.search_key = " ".join(fold(part) for part in parts if part)[:KEY_LONGEST]
    monument.sort_key = fold(in_language(monument.names, "en"))[:120]
    latitude, longitude = monument.latitude, monument.longitude
    if latitude is None or longitude is None:
        monument.public_latitude = monument.public_longitude = None
    elif monument.is_at_risk_of_looting:
        monument.public_latitude, monument.public_longitude = rounded(
            latitude, longitude, register.rounding_km
        )
    else:
        monument.public_latitude, monument.public_longitude = latitude, longitude
    return monument
