"""How the states of a dossier look: its own word, a shape of the house."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from karvan.foundation.ui import marks

from .models import Dossier, PeerReview

SHAPES = {
    Dossier.State.DRAFT: "draft",
    Dossier.State.CLEARED: "open",
    Dossier.State.TEARDOWN: "in_progress",
    Dossier.State.DOCUMENTED: "in_progress",
    Dossier.State.REDESIGN: "in_progress",
    Dossier.State.VERIFIED: "done",
    Dossier.State.RELEASED: "kept",
    Dossier.State.SUPERSEDED: "changed",
    Dossier.State.WITHDRAWN: "dropped",
}
STOPPED = "late"


def shape_of(dossier: Dossier) -> str:
    """A key of the states of the house; a stopped bench goes before its state."""
    return STOPPED if dossier.stopped_at else SHAPES[Dossier.State(dossier.state)]


def word_of(dossier: Dossier) -> str:
    """The state in words, and that the bench is stopped where it is."""
    word = str(dossier.get_state_display())
    return _("Stopped in: %(state)s") % {"state": word} if dossier.stopped_at else word


def mark_of(dossier: Dossier) -> SafeString:
    """The state as shape and word."""
    return marks.state(shape_of(dossier), label=word_of(dossier))


def review_mark(review: PeerReview) -> SafeString:
    """Open, answered or closed."""
    if review.closed_at:
        return marks.state("done", label=_("closed"))
    if review.answer:
        return marks.state("waiting", label=_("answered"))
    return marks.state("open")
