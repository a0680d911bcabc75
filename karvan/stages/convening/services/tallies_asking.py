"""Is there anything in what was read that the register's own rows make doubtful?"""

from __future__ import annotations

from karvan.foundation.places.models import Country

from ..models import Organ
from .tallies_reading import Reading


def doubt_states(organ: Organ, reading: Reading) -> None:
    """Add to the reading's doubts the members whose code is no country's and no member's."""
    known = set(Country.objects.values_list("pk", flat=True))
    known |= set(organ.memberships.values_list("code", flat=True))
    for code, name in reading.members:
        if code and code not in known:
            reading.doubts.add("unknown_state", f"{code} {name}" if name != code else code)
