"""Codes name one thing each; texts stand in every language of the document."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..languages import is_words
from ..nodes import Findings, Node, every
from ..paths import identity_of


def codes_are_single(root: Node) -> Findings:
    """No list names two items alike."""
    for node in every(root):
        seen: set[str] = set()
        for item in node.items():
            name = identity_of(item.value)
            if name is not None and name in seen:
                yield item.raw, _("“%(code)s” is used twice in this list.") % {"code": name}
            seen.add(name or "")


def words_are_complete(root: Node) -> Findings:
    """Each text for people has all the document's languages and no other."""
    languages = [item.value for item in root.texts("languages")]
    for node in every(root):
        if not is_words(node.value):
            continue
        for language in languages:
            if language not in node.value:
                yield node.raw, _("The text in “%(language)s” is missing.") % {"language": language}
        for language in node.value:
            if language not in languages:
                message = _("“%(language)s” is not among the languages of the document.")
                yield (*node.raw, language), message % {"language": language}
