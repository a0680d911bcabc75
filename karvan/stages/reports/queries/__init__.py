"""Named reads across all stages: the promise ledger, the board of countries, the indicators."""

from .board import board, pipeline_states
from .ledger import ledger

__all__ = ["board", "ledger", "pipeline_states"]
