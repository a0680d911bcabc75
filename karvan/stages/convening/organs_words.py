"""The words of bodies: the kinds of question that may need a majority of their own, and marks."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Majority, Organ

QUESTIONS: dict[str, Promise] = {
    "default": gettext_lazy("Decisions, unless another line says otherwise"),
    "charter": gettext_lazy("Amendments to the charter"),
    "budget": gettext_lazy("Budget, contributions, closing accounts"),
    "admission": gettext_lazy("Admission of members"),
    "suspension": gettext_lazy("Suspension of members"),
    "election": gettext_lazy("Elections"),
    "procedure": gettext_lazy("Questions of procedure"),
}
LANGUAGES = ("ar", "az", "en", "es", "fa", "fr", "pt", "ru", "tr", "ur", "zh")
MEMBER_MARKS = {
    "member": "done", "suspended": "locked", "observer": "open", "associate": "in_progress",
}  # fmt: skip
SESSION_MARKS = {
    "prepared": "draft",
    "convoked": "waiting",
    "open": "in_progress",
    "closed": "done",
}


def member_mark(member: Any) -> str:
    """The mark of a member's status; of one that is no more, that it has ended."""
    return "dropped" if member.ends_on and member.succeeded_by_id else MEMBER_MARKS[member.status]


def member_word(member: Any) -> str:
    """A member's status in a word; of one that is no more, that it was succeeded."""
    if member.ends_on and member.succeeded_by_id:
        return _("succeeded")
    return str(member.get_status_display())


def majorities_said(organ: Organ) -> list[tuple[str, str]]:
    """Each kind of question with the majority it needs, in words; the default first."""
    words = dict(Majority.choices)
    return [
        (str(QUESTIONS.get(key, key)), str(words.get(organ.majorities[key], organ.majorities[key])))
        for key in sorted(organ.majorities, key=lambda one: (one != "default", one))
    ]


def quorum_said(organ: Organ) -> str:
    """The quorum as a sentence: "more than 1 of 2 of all members"."""
    values = {
        "part": organ.quorum_numerator,
        "whole": organ.quorum_denominator,
        "of": organ.get_quorum_base_display(),
    }
    if organ.quorum_is_more_than:
        return _("more than %(part)d of %(whole)d of %(of)s") % values
    return _("at least %(part)d of %(whole)d of %(of)s") % values
