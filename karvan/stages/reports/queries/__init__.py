"""Named reads across all stages: the promise ledger, the board of countries, the indicators."""

from .board import board, pipeline_states
from .indicators import Figure, figure_of, indicators
from .ledger import ledger

__all__ = ["Figure", "board", "figure_of", "indicators", "ledger", "pipeline_states"]
