"""Which words a call uses by its kind: a symposium's call asks for abstracts, others for applications.

This is the only place that knows. A sentence is written once, for applications, where it is
said: ``worded(activity, "Withdraw my application")``, in templates ``{% worded activity "…" %}``.
Here stands what it is called where people send abstracts; sentences of later stages stand here
too, so that whoever reads or translates the words of abstracts has them all before them.
"""

from __future__ import annotations

from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext

from .alike import ALIKE
from .plurals import PLURALS
from .running import OFFICE, READING
from .sending import AUTHOR, LETTERS

OF_ABSTRACTS: dict[str, str | Promise] = {**AUTHOR, **LETTERS, **OFFICE, **READING, **ALIKE}


class OfFormat(Protocol):
    """An activity, or what is known of one."""

    @property
    def format(self) -> str: ...


def takes_abstracts(activity: OfFormat) -> bool:
    """True where what people send is an abstract and not an application."""
    return takes_abstracts_by(activity.format)


def takes_abstracts_by(format: str) -> bool:
    """The same of an activity's format alone."""
    return format == "symposium"


def worded(of: OfFormat | bool, sentence: str, **values: Any) -> str:
    """The sentence in the active language and in the words of the activity's call.

    Args:
        of: the activity, or whether it is about abstracts where there is more than one.
        sentence: as it is said of applications; of a plural the singular.
        values: for its placeholders; ``number`` chooses the form of a plural.

    Raises:
        KeyError: nobody wrote how the sentence is said of abstracts.
    """
    is_abstract = of if isinstance(of, bool) else takes_abstracts(of)
    if sentence in PLURALS:
        return str(PLURALS[sentence][is_abstract] % values)
    said = OF_ABSTRACTS[sentence] if is_abstract or sentence not in OF_ABSTRACTS else sentence
    text = gettext(said) if isinstance(said, str) else str(said)
    return text % values if values else text
