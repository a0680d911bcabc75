"""One planned value held against what became of it: how it differs, in words and by a mark."""

from .activities import dates, length, places
from .comparison import Comparison
from .money import budget
from .partners import partner, partner_joined

__all__ = ["Comparison", "budget", "dates", "length", "partner", "partner_joined", "places"]
