"""Doubts about a file of requirements, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .requirements import Doubt

FIELDS: dict[str, Promise] = {
    "code": gettext_lazy("code"),
    "statement": gettext_lazy("statement"),
    "type": gettext_lazy("type"),
    "fulfils": gettext_lazy("fulfils"),
    "verification": gettext_lazy("shown by"),
    "priority": gettext_lazy("priority"),
    "rationale": gettext_lazy("rationale"),
}
_SENTENCES: dict[str, Promise] = {
    "unread_line": gettext_lazy("This line holds bytes that are not text; they are shown as “�”."),
    "numbered": gettext_lazy("It has no code; it is called %(code)s here."),
    "no_code": gettext_lazy("It has no code and is left out: “%(text)s”."),
    "long_code": gettext_lazy(
        "The code “%(code)s” has more than %(most)s characters; it is left out."
    ),
    "repeated": gettext_lazy(
        "%(code)s is there already (line %(first)s); the first is kept, this one left out."
    ),
    "fulfils_itself": gettext_lazy("%(code)s says that it fulfils itself; that link is left out."),
    "no_statement": gettext_lazy("%(code)s has no text."),
    "unknown_word": gettext_lazy("%(code)s: “%(word)s” is not known as its %(field)s; left open."),
    "unknown_option": gettext_lazy("%(code)s: the option “%(option)s” is not read."),
    "substitution": gettext_lazy(
        "%(code)s: %(word)s stands for a text that is not in this file; it is kept as written."
    ),
    "other_table": gettext_lazy("This table is not of requirements: %(heads)s."),
    "lines_above": gettext_lazy(
        "%(count)s lines above the column names (line %(head)s) are not read."
    ),
    "columns_left": gettext_lazy("Columns that are not read: %(heads)s."),
    "empty_row": gettext_lazy("This line has nothing in the columns that are read."),
    "dangling": gettext_lazy("%(code)s names %(target)s, which is neither here nor in the file."),
    "type_guessed": gettext_lazy(
        "The type of %(count)s requirements is guessed from their codes: %(type)s."
    ),
    "type_open": gettext_lazy(
        "Nothing says what type %(count)s requirements are; they are taken as: %(type)s."
    ),
}


def said(doubt: Doubt) -> str:
    """The doubt as a sentence, its place first."""
    args = dict(doubt.args)
    if "field" in args:
        args["field"] = FIELDS.get(args["field"], args["field"])
    sentence = str(_SENTENCES[doubt.code]) % args
    if not doubt.where:
        return sentence
    place = _("Line %(where)s") % {"where": doubt.where}
    return f"{place}: {sentence}"
