"""Columns and filters of the registers of votes."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from karvan.foundation.texts import in_language
from karvan.foundation.ui.registers import Column

from ..models import VoteEvent
from ..tallies_shown import OPTION_MARKS, OPTION_WORDS, RESULT_MARKS

LONG = 140  # characters of a question shown in a table; the vote's own page has all of it


def _question(event: VoteEvent) -> str:
    return Truncator(in_language(event.titles)).chars(LONG)


def _count(option: str) -> Column:
    return Column(
        option,
        OPTION_WORDS[option],
        kind="number",
        value=lambda event: event.counts.get(option, 0),
    )


SESSION_VOTES = (
    Column("question", _("Question"), value=_question, kind="name", detail=lambda e: e.identifier),
    Column(
        "result",
        _("Result"),
        kind="state",
        value=lambda event: RESULT_MARKS[event.result],
        word=lambda event: event.get_result_display(),
        sort="result",
    ),
    Column("opened_at", _("When"), value=lambda e: e.opened_at.date(), kind="date", sort="opened_at"),
    _count("yes"),
    _count("no"),
    _count("abstain"),
)  # fmt: skip
VOTE_FILTERS = (
    ("adopted", _("Adopted"), Q(result="adopted")),
    ("rejected", _("Rejected"), Q(result="rejected")),
)
MEMBER_VOTES = (
    Column("question", _("Question"), value=lambda vote: _question(vote.event), kind="name"),
    Column(
        "option",
        _("Vote"),
        kind="state",
        value=lambda vote: OPTION_MARKS.get(vote.option, "unknown"),
        word=lambda vote: OPTION_WORDS.get(vote.option, vote.option),
        sort="option",
    ),
    Column(
        "result",
        _("Result"),
        kind="state",
        value=lambda vote: RESULT_MARKS[vote.event.result],
        word=lambda vote: vote.event.get_result_display(),
    ),
    Column(
        "when",
        _("When"),
        value=lambda vote: vote.event.opened_at.date(),
        kind="date",
        sort="event__opened_at",
    ),
)


def found_by_words(rows: QuerySet[VoteEvent], words: str) -> QuerySet[VoteEvent]:
    """Votes whose number, source or question holds the words."""
    return rows.filter(
        Q(identifier__icontains=words) | Q(source__icontains=words) | Q(titles__icontains=words)
    )
