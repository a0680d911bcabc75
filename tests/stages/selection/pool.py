"""Calls with read applications, made row by row."""

from __future__ import annotations

from django.utils import timezone

from karvan.stages.reviews.models import Assignment, Review
from karvan.stages.selection.services import propose_selection, sign_off
from tests import make


def read_call(*applicants, places=2, reads=2, quotas=None, **fields):
    """A call whose applicants, each (mark of 100, sex) or (mark, sex, seats), were read."""
    of = None
    if quotas is not None:
        document = make.small_document("Q")
        document["activities"][0]["selection"]["quotas"] = quotas
        of = make.activity(of=make.edition(of=make.blueprint(data=document)))
    call = make.call(of, places=places, **fields)
    reading = make.review_round(call, reads_each=reads)
    readers = [make.reviewer(reading) for _number in range(reads)]
    for mark, sex, *seats in applicants:
        application = make.application(
            call, state="submitted", attributes={"sex": sex}, team_size=seats[0] if seats else 1
        )
        add_reads(application, readers, mark)
    return call


def add_reads(application, readers, mark):
    """Every reader marks the application; ``mark`` is of 100."""
    now = timezone.now()
    for reader in readers:
        read = Assignment.objects.create(
            round=reader.round, reviewer=reader, application=application, assigned_at=now
        )
        Review.objects.create(
            assignment=read,
            marks={"C1": 4, "C2": 3},
            total=mark * 100,
            state="done",
            saved_at=now,
            done_at=now,
        )


def signed(call, **options):
    """A run of the call, signed by two officers."""
    run = propose_selection(call, by=None, **{"seed": "tests", **options})
    sign_off(run, by=make.officer())
    return sign_off(run, by=make.officer())


def women(floor=None, ceiling=None):
    """A quota for women in people."""
    return {
        "key": "women",
        "title": make.texts("Women"),
        "attribute": "sex",
        "values": ["F"],
        "floor": floor,
        "ceiling": ceiling,
    }


def outcomes(run):
    """Outcome by mark of 100, best first."""
    return [(d.merit // 100, d.outcome) for d in run.decisions.order_by("rank")]
