"""Letters to reviewers: what was given to them to read, what was taken back, until when."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from karvan.foundation import clock
from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.ui import formats

from ..models import Assignment, Reviewer, ReviewRound
from ..queries import FINISHED, STANDING


def tell_reviewers(
    round: ReviewRound, *, by: Person | None, taken_back: Iterable[Assignment] = ()
) -> int:
    """Write to each reviewer of an open round who has new reads or lost some; returns how many letters.

    One letter a reviewer, however much came and went at once. Reads of which a reviewer was
    told already are not told again; neither is the taking back of one never told.
    Before the round opens nobody is written to. Whoever has no address gets no letter, and
    their reads stay untold. Runs in the caller's transaction.

    Cost: two queries, and four writes a letter.
    """
    if round.state != ReviewRound.State.OPEN:
        return 0
    given: dict[int, list[int]] = defaultdict(list)
    taken: dict[int, list[int]] = defaultdict(list)
    untold = Assignment.objects.filter(STANDING, round=round, told_at__isnull=True)
    for pk, reader in untold.exclude(FINISHED).values_list("pk", "reviewer_id"):
        given[reader].append(pk)
    for one in taken_back:
        if one.told_at is not None:
            taken[one.reviewer_id].append(one.pk)
    wanted = {*given, *taken}
    told = [
        reviewer
        for reviewer in Reviewer.objects.filter(pk__in=wanted).select_related("person")
        if reviewer.person.email
    ]
    for reviewer in told:
        _write(round, reviewer, given[reviewer.pk], taken[reviewer.pk], by)
    seen = [one.pk for one in told]
    untold.filter(reviewer_id__in=seen).update(told_at=clock.now())
    return len(told)


def _write(
    round: ReviewRound, reviewer: Reviewer, given: list[int], taken: list[int], by: Person | None
) -> None:
    language = reviewer.person.language
    zone = round.call.activity.edition.time_zone
    due = round.due_at and formats.datetime_in_words(round.due_at, language, zone=zone)
    left = Assignment.objects.filter(STANDING, reviewer=reviewer).exclude(FINISHED).count()
    # The same reads given and taken are one occasion: a second letter about them is never written.
    told = f"{sorted(given)}{sorted(taken)}"
    write_message(
        "reviews/reads",
        to=reviewer.person,
        key=f"reviews/reads:{reviewer.pk}:{hashlib.sha256(told.encode()).hexdigest()[:16]}",
        context={
            "activity": round.call.activity,
            "given": len(given),
            "taken": len(taken),
            "left": left,
            "due": due or "",
        },
        language=language,
        scope=round.scope,
        by=by,
    )
