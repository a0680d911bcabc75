"""Which mark stands for which state of a paper, and what a doubt about one says."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from .models import Paper
from .queries.symposium_marks import Doubt

MARKS = {
    "submitted": "waiting",
    "talk": "done",
    "poster": "kept",
    "rejected": "dropped",
    "withdrawn": "locked",
}


def mark_of(paper: Paper) -> str:
    """The house's mark for the state of a paper."""
    return MARKS[paper.state]


def word_of(paper: Any) -> str:
    """The state of a paper in the stage's own word."""
    return str(paper.get_state_display())


def doubt_in_words(doubt: Doubt) -> str:
    """A doubt as a sentence that says what to do."""
    said = {
        "repeated": _("The author %(about)s is named more than once. Correct the names."),
        "orcid": _(
            "The number %(about)s is no ORCID: its last sign does not fit. Ask the author for it."
        ),
        "country": _("The country of %(about)s is not known. Choose it."),
        "presenters": _("Of the authors, %(about)s were said to present; one does. Choose who."),
        "track": _("The track that was chosen is none of this symposium. Put it into one."),
        "taken_back": _("Its author has taken the abstract back. Take in abstracts once more."),
    }
    return said[doubt.kind] % {"about": doubt.about}
