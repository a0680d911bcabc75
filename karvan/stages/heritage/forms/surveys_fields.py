"""A field for a term of a vocabulary, typed as a word of any of its languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language

from ..models import Term
from ..queries.surveys import term_named, terms_of


class TermField(forms.CharField):
    """Gives the Term that a typed word or code means; the page has a list ``terms-<vocabulary>``."""

    def __init__(self, vocabulary: str, **options: Any) -> None:
        self.vocabulary = vocabulary
        attributes = {"list": f"terms-{vocabulary}", "autocomplete": "off", "dir": "auto"}
        options.setdefault("widget", forms.TextInput({**attributes, "data-terms": vocabulary}))
        options.setdefault("max_length", 200)
        super().__init__(**options)

    def clean(self, value: Any) -> Term | None:
        typed = super().clean(value)
        if not typed:
            return None
        found, near = term_named(self.vocabulary, typed)
        if found is not None:
            return found
        if near:
            offered = ", ".join(in_language(one.names) for one in near)
            raise forms.ValidationError(
                _("Several terms hold “%(typed)s”: choose one of %(offered)s.")
                % {"typed": typed, "offered": offered}
            )
        raise forms.ValidationError(
            _("No term is called “%(typed)s”. Look it up in the vocabulary.") % {"typed": typed}
        )


class CodeField(forms.ChoiceField):
    """A choice among the terms of a short vocabulary; gives the term's code."""

    def __init__(self, vocabulary: str, *, empty: Any = "", **options: Any) -> None:
        super().__init__(
            choices=lambda: [
                *([("", empty)] if empty else []),
                *((one.code, in_language(one.names)) for one in terms_of(vocabulary)),
            ],
            **options,
        )
