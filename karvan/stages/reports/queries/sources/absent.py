"""What no stage of the platform records yet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .counting import Counted, Span


def not_collected(span: Span) -> tuple[Counted, ...]:
    """No value: unknown is not zero."""
    words = _("Not collected: the stage that would record this is not there yet.")
    return (Counted(None, note=words, is_collected=False),)
