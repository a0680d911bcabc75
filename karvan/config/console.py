"""What the ``karvan`` command says, in plain words."""

from __future__ import annotations

import sys


class Trouble(Exception):
    """Something that whoever runs the command can mend; the text says how."""


def say(text: str = "") -> None:
    """One line to the person at the console, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
