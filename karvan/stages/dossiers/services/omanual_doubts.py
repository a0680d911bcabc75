"""The doubts about a guide that was read, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.stages.dossiers.reading.omanual_guide import Doubt


def doubt_words(doubt: Doubt) -> str:
    """What is in doubt, and where."""
    args = dict(doubt.args)
    words = _words(doubt.code, args) % args
    if not doubt.where:
        return words
    return _("Step %(step)s: %(words)s") % {"step": doubt.where, "words": words}


def _words(code: str, args: dict[str, str]) -> str:
    many = int(args.get("many", 0))
    said = {
        "film": _("a film is not taken over; its address is kept as a note."),
        "empty_line": _("line %(line)s has no text and is left out."),
        "no_title": _("it has no title; its first words are taken: “%(title)s”."),
        "title_cut": _("its title is too long and was cut: “%(title)s”."),
        "no_lines": _("it has no lines."),
        "pictures": ngettext(
            "%(many)s picture is not fetched; its address is kept as a note.",
            "%(many)s pictures are not fetched; their addresses are kept as notes.",
            many,
        ),
        "bullet": _(
            "line %(line)s has the bullet “%(bullet)s”, which is not known; it is black here."
        ),
        "level": _("line %(line)s has the level “%(level)s”; levels go from 0 to 2."),
        "order": _(
            "The file's own numbers of its steps do not rise; they come as the file has them."
        ),
        "tools_of_all": ngettext(
            "%(many)s tool belongs to the whole guide; it stands in the first step.",
            "%(many)s tools belong to the whole guide; they stand in the first step.",
            many,
        ),
        "left_parts": _("Parts of the guide are not taken over: %(many)s."),
        "left_documents": _("Documents of the guide are not taken over: %(many)s."),
        "left_prerequisites": _("Guides to do before are not taken over: %(many)s."),
        "left_flags": _("Flags of the guide are not taken over: %(many)s."),
        "left_introduction": _("The introduction is not taken over."),
        "left_conclusion": _("The conclusion is not taken over."),
        "left_summary": _("The summary is not taken over."),
    }
    return said.get(code, code)
