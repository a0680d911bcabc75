"""A plan of reading as sentences."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats

from .words import language_in_words


def plan_in_words(answer: Any) -> str:
    """ "29 reviewers are needed where 12 stand: 17 more who read Azerbaijani."."""
    if not answer.reads:
        return _("There is nothing to read yet.")
    if not answer.missing:
        return ngettext(
            "The %(n)s reviewer who stands is enough.",
            "The %(n)s reviewers who stand are enough.",
            answer.standing,
        ) % {"n": formats.number(answer.standing)}
    said = {
        "needed": ngettext(
            "%(n)s reviewer is needed", "%(n)s reviewers are needed", answer.needed_in_all
        )
        % {"n": formats.number(answer.needed_in_all)},
        "stand": ngettext("%(n)s stands", "%(n)s stand", answer.standing)
        % {"n": formats.number(answer.standing)},
        "more": formats.in_a_row(_more(one) for one in answer.missing),
    }
    return _("%(needed)s where %(stand)s: %(more)s.") % said


def lacking_in_words(answer: Any) -> list[str]:
    """What else is to be said: reads a day for each, and who would have nothing to read."""
    if not answer.reads:
        return []
    said = [_a_day(answer)]
    if answer.idle:
        said.append(
            ngettext(
                "%(n)s reviewer reads none of the languages expected.",
                "%(n)s reviewers read none of the languages expected.",
                len(answer.idle),
            )
            % {"n": formats.number(len(answer.idle))}
        )
    return said


def _a_day(answer: Any) -> str:
    figures = {"now": _figure(answer.a_day_now), "then": _figure(answer.a_day)}
    if not answer.missing:
        return _("That is %(then)s reads a working day for each reviewer.") % figures
    if not answer.standing:
        return _("With them, that is %(then)s reads a working day for each reviewer.") % figures
    return (
        _(
            "With them, that is %(then)s reads a working day for each reviewer; "
            "those who stand alone would each have to do %(now)s."
        )
        % figures
    )


def _figure(hundredths: int) -> str:
    return formats.number(hundredths / 100, digits=1)


def _more(needed: Any) -> str:
    spoken = formats.in_a_row(language_in_words(code) for code in sorted(needed.languages))
    return ngettext(
        "%(n)s more who reads %(languages)s",
        "%(n)s more who read %(languages)s",
        needed.reviewers,
    ) % {"n": formats.number(needed.reviewers), "languages": spoken}
