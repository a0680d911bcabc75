"""The words in which records speak, so that a history reads in the reader's language.

A record keeps its act and the names of what changed in English; the history shows them
translated. ``tests/test_words.py`` finds an act that code writes and this list lacks.
"""

from .acts import ACTS as SAID_BEFORE
from .acts_convened import CONVENED
from .facts import FACTS

ACTS = (*SAID_BEFORE, *CONVENED)

__all__ = ["ACTS", "FACTS"]
