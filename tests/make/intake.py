"""Builders of calls, applications, reviews, runs and offers."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.utils import timezone

from karvan.stages.calls.models import Application, Call
from karvan.stages.editions.models import Activity
from karvan.stages.reviews.models import Assignment, Review, Reviewer, ReviewRound
from karvan.stages.selection.models import Decision, Offer, QuotaSet, SelectionRun

from .designs import small_document, small_form
from .editions import activity
from .people import one, role, texts


def call(of: Activity | None = None, *, open_now: bool = True, **fields: Any) -> Call:
    of = of or activity()
    now = timezone.now()
    shift = timedelta(0) if open_now else timedelta(days=-60)
    form = fields.pop("form", small_form())
    return Call.objects.create(
        activity=of,
        slug=fields.pop("slug", f"call-{one()}"),
        titles=fields.pop("titles", texts("Call")),
        form=form,
        languages=fields.pop("languages", ["en", "fr", "ar", "az"]),
        opens_at=fields.pop("opens_at", now - timedelta(days=10) + shift),
        advertised_deadline=fields.pop("advertised_deadline", now + timedelta(days=10) + shift),
        closes_at=fields.pop("closes_at", now + timedelta(days=11) + shift),
        places=fields.pop("places", 2),
        state=fields.pop("state", "published"),
        **fields,
    )


def application(to: Call | None = None, **fields: Any) -> Application:
    """A draft by default; ``state="submitted"`` gives it number, hash and time."""
    number = one()
    now = timezone.now()
    fields.setdefault("call", to)
    fields["call"] = fields["call"] or call()
    fields.setdefault("state", "draft")
    fields.setdefault("email", f"applicant{number}@example.org")
    fields.setdefault("full_name", f"Applicant {number}")
    if fields["state"] in ("submitted", "ineligible"):
        fields.setdefault("number", f"KV-TEST-{number}")
        fields.setdefault("submitted_at", now)
        fields.setdefault("content_hash", hashlib.sha256(str(number).encode()).hexdigest())
    fields.setdefault("answers", {"sex": "F", "resident": "yes", "motivation": "I build."})
    fields.setdefault("attributes", {"sex": fields["answers"].get("sex", "F")})
    return Application.objects.create(
        token=secrets.token_urlsafe(32), created_at=now, saved_at=now, **fields
    )


def _submitted(to: Call, **fields: Any) -> Application:
    """For builders whose own argument is called application."""
    return application(to, **fields)


def review_round(of: Call | None = None, **fields: Any) -> ReviewRound:
    of = of or call()
    fields.setdefault("rubric", small_document("X")["activities"][0]["selection"]["rubric"])
    fields.setdefault("state", "open")
    return ReviewRound.objects.create(call=of, **fields)


def reviewer(of: ReviewRound | None = None, **fields: Any) -> Reviewer:
    of = of or review_round()
    fields.setdefault("person", None)
    fields["person"] = fields["person"] or role("reviewer", of.call.activity.scope)
    fields.setdefault("languages", ["en", "az", "ar", "fr"])
    return Reviewer.objects.create(round=of, **fields)


def assignment(
    of: Reviewer | None = None, *, application: Application | None = None, **fields: Any
) -> Assignment:
    of = of or reviewer()
    application = application or _submitted(of.round.call, state="submitted")
    fields.setdefault("assigned_at", timezone.now())
    return Assignment.objects.create(round=of.round, reviewer=of, application=application, **fields)


def review(
    of: Assignment | None = None, *, marks: dict[str, int] | None = None, **fields: Any
) -> Review:
    """A finished review; total by the small rubric's weights."""
    of = of or assignment()
    marks = marks or {"C1": 4, "C2": 3}
    criteria = of.round.rubric["criteria"]
    total = sum(c["weight"] * marks[c["code"]] * 100 // 5 for c in criteria)
    now = timezone.now()
    return Review.objects.create(
        assignment=of, marks=marks, total=total, state="done", saved_at=now, done_at=now, **fields
    )


def selection_run(of: Call | None = None, **fields: Any) -> SelectionRun:
    of = of or call()
    fields.setdefault("number", one())
    fields.setdefault("places", of.places)
    fields.setdefault("seed", "tests")
    fields.setdefault("document", b"{}")
    fields.setdefault("sha256", hashlib.sha256(b"{}").hexdigest())
    fields.setdefault("is_proved", True)
    if fields.get("state") == "signed":
        fields.setdefault("seal", "0" * 64)
        fields.setdefault("signed_at", timezone.now())
    return SelectionRun.objects.create(call=of, made_at=timezone.now(), **fields)


def seal(run: SelectionRun) -> SelectionRun:
    """The run as if two persons had signed it; nobody has."""
    now = timezone.now()
    SelectionRun.objects.filter(pk=run.pk).update(state="signed", signed_at=now, seal="0" * 64)
    run.refresh_from_db()
    return run


def quota_set(of: Call | None = None, **fields: Any) -> QuotaSet:
    of = of or call()
    fields.setdefault("name", f"Set {one()}")
    fields.setdefault("places", of.places)
    return QuotaSet.objects.create(call=of, made_at=timezone.now(), **fields)


def decision(
    run: SelectionRun | None = None, *, application: Application | None = None, **fields: Any
) -> Decision:
    run = run or selection_run()
    application = application or _submitted(run.call, state="submitted")
    fields.setdefault("outcome", "selected")
    fields.setdefault("merit", 7500)
    fields.setdefault("rank", one())
    fields.setdefault("reason", "chosen_on_merit")
    return Decision.objects.create(run=run, application=application, **fields)


def offer(of: Decision | None = None, **fields: Any) -> Offer:
    of = of or decision()
    fields.setdefault("expires_at", timezone.now() + timedelta(days=5))
    return Offer.objects.create(
        run=of.run, application=of.application, offered_at=timezone.now(), **fields
    )
