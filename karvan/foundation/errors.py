"""What goes wrong because of what a person did, in words fit to show that person."""

from __future__ import annotations


class RuleBroken(Exception):
    """A rule of the domain refused an act; ``str(error)`` is translated and says what to do.

    Raised by services, caught by views only. A programmer's mistake is a ``ValueError``.
    """
