"""Who wrote what is read: nobody reads a text of one's own or of somebody one writes with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from karvan.foundation.texts import fold

from ..models import Conflict, Reviewer, ReviewRound
from ..queries import applications_to_read

NAME, EMAIL, INSTITUTION = "name", "email", "institution"


def author_rows(form: Mapping[str, Any], answers: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The rows of an application's hidden groups that name somebody: its authors."""
    for key in _groups(form):
        rows = answers.get(key)
        yield from (row for row in rows or () if isinstance(row, Mapping))


def has_authors(form: Mapping[str, Any]) -> bool:
    """True if a form asks for authors: a hidden group whose rows have a name."""
    return bool(_groups(form))


def find_author_conflicts(round: ReviewRound) -> int:
    """Write down every reviewer who is an author of what is read, or has written with one; how many are new.

    People meet by address or by name, however it is spelt. Whoever shares a text of this call
    with an author of another one has written with that author. Cost: three queries where the
    form asks for authors, else none.
    """
    if not has_authors(round.call.form):
        return 0
    by_application: dict[int, set[str]] = {}
    for pk, answers in applications_to_read(round.call).values_list("pk", "answers"):
        rows = author_rows(round.call.form, answers)
        by_application[pk] = {key for row in rows for key in _keys(row.get(NAME), row.get(EMAIL))}
    reviewers = list(Reviewer.objects.filter(round=round).select_related("person"))
    known = set(
        Conflict.objects.filter(reviewer__round=round).values_list("reviewer_id", "application_id")
    )
    found = [
        Conflict(reviewer=reviewer, application_id=pk, kind=Conflict.Kind.COAUTHOR)
        for reviewer in reviewers
        for pk in _written_with(
            _keys(reviewer.person.full_name, reviewer.person.email), by_application
        )
        if (reviewer.pk, pk) not in known
    ]
    Conflict.objects.bulk_create(found, ignore_conflicts=True, batch_size=500)
    return len(found)


def _groups(form: Mapping[str, Any]) -> list[str]:
    return [
        question["key"]
        for section in form.get("sections", ())
        for question in section.get("questions", ())
        if question.get("type") == "group"
        and question.get("blind")
        and NAME in {one.get("key") for one in question.get("questions", ())}
    ]


def _keys(*said: Any) -> set[str]:
    return {fold(str(one)) for one in said if one}


def _written_with(own: set[str], by_application: Mapping[int, Iterable[str]]) -> list[int]:
    """The applications of which somebody is an author, and those of everybody who wrote them too."""
    mine = [set(keys) for keys in by_application.values() if own.intersection(keys)]
    circle = own.union(*mine)
    return [pk for pk, keys in by_application.items() if circle.intersection(keys)]
