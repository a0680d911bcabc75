"""What a symposium recommends, and how each recommendation becomes a commitment or is set aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation.people.models import Party, Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import in_language
from karvan.stages.agreements.services import promise_elsewhere

from ..errors import NotGiven, NotOfThisSession, WrongState
from ..models import Recommendation, Symposium, Track
from ..titles_data import LANGUAGES


@transaction.atomic
def write_recommendation(
    symposium: Symposium,
    *,
    texts: Mapping[str, str],
    track: Track | None = None,
    by: Person | None,
) -> Recommendation:
    """Write down a recommendation under the next number; returns it, not adopted yet.

    Raises:
        NotGiven: it has no text.
        NotOfThisSession: the track is another symposium's.
    """
    _check(symposium, texts, track)
    last = symposium.recommendations.aggregate(last=Max("number"))["last"] or 0
    made = Recommendation.objects.create(
        symposium=symposium, number=last + 1, texts=dict(texts), track=track
    )
    record(
        "recommendation written", made, by=by, after={"number": made.number, "text": dict(texts)}
    )
    return made


@transaction.atomic
def change_recommendation(
    recommendation: Recommendation,
    *,
    texts: Mapping[str, str],
    track: Track | None = None,
    by: Person | None,
) -> Recommendation:
    """Change the words of a recommendation that is not adopted yet.

    Raises: WrongState once it is adopted; NotGiven, NotOfThisSession as above.
    """
    held = _locked(recommendation)
    if held.adopted_on:
        raise WrongState(_("Recommendation %(number)d is adopted; its words stand.") % {"number": held.number})  # fmt: skip
    _check(held.symposium, texts, track)
    before = held.texts
    held.texts, held.track = dict(texts), track
    held.save(update_fields=["texts", "track"])
    record(
        "recommendation changed",
        held,
        by=by,
        before={"text": before},
        after={"text": held.texts},
    )
    return held


@transaction.atomic
def adopt_recommendations(symposium: Symposium, *, adopted_on: date, by: Person | None) -> int:
    """Write down that the symposium adopted every recommendation that still waits; returns how many.

    Raises:
        WrongState: none waits.
        NotGiven: the day lies before the symposium.
    """
    waiting = symposium.recommendations.select_for_update().filter(adopted_on__isnull=True)
    count = waiting.count()
    if not count:
        raise WrongState(_("No recommendation waits to be adopted."))
    starts = symposium.activity.starts_on
    if starts and adopted_on < starts:
        raise NotGiven(_("The recommendations cannot be adopted before the symposium begins."))
    waiting.update(adopted_on=adopted_on)
    record(
        "recommendations adopted", symposium, by=by, after={"adopted": adopted_on, "number": count}
    )
    return count


@transaction.atomic
def follow_up(
    recommendation: Recommendation,
    *,
    owner: Party,
    due_on: date,
    code: str = "",
    address: str,
    by: Person | None,
) -> Recommendation:
    """Make a commitment of an adopted recommendation: who does it, until when.

    ``address`` is where the recommendations are read, without a language. The code is made from
    the symposium's where none is given.

    Raises:
        WrongState: it is not adopted, or it has its commitment.
        AlreadyPromised, WrongState: as ``agreements.services.promise_elsewhere``.
    """
    held = _locked(recommendation)
    if held.adopted_on is None:
        raise WrongState(
            _("Recommendation %(number)d is not adopted yet.") % {"number": held.number}
        )
    if held.commitment_id:
        raise WrongState(_("Recommendation %(number)d has its commitment already.") % {"number": held.number})  # fmt: skip
    activity = held.symposium.activity
    stem = f"{activity.edition.slug}-{activity.code.lower()}"[:34].rstrip("-")
    held.commitment = promise_elsewhere(
        origin="recommendation",
        words=_called(held),
        address=f"{address}#recommendation-{held.number}",
        code=code or f"{stem}-r{held.number}",
        titles=held.texts,
        owner=owner,
        promised_on=held.adopted_on,
        due_on=due_on,
        scope=held.scope,
        by=by,
    )
    held.owner, held.due_on, held.no_follow_up = owner, due_on, ""
    held.save(update_fields=["commitment", "owner", "due_on", "no_follow_up"])
    record(
        "recommendation followed up",
        held,
        by=by,
        after={"owner": owner.code, "due": due_on, "commitment": held.commitment.code},
    )
    return held


@transaction.atomic
def set_aside(recommendation: Recommendation, *, reason: str, by: Person | None) -> Recommendation:
    """Say why nothing follows from a recommendation; it stays listed as not followed up.

    Raises:
        WrongState: it has its commitment.
        NotGiven: no reason.
    """
    held = _locked(recommendation)
    if held.commitment_id:
        raise WrongState(_("Recommendation %(number)d has its commitment already.") % {"number": held.number})  # fmt: skip
    if not reason.strip():
        raise NotGiven(_("Say why nothing follows from it."))
    held.no_follow_up = reason.strip()
    held.save(update_fields=["no_follow_up"])
    record("recommendation set aside", held, by=by, reason=held.no_follow_up)
    return held


def _called(recommendation: Recommendation) -> dict[str, str]:
    """What the recommendation is called as a source, in the house's languages."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = _("%(symposium)s, recommendation %(number)d") % {
                "symposium": in_language(recommendation.symposium.activity.titles),
                "number": recommendation.number,
            }
    return said


def _check(symposium: Symposium, texts: Mapping[str, str], track: Track | None) -> None:
    if not any(text.strip() for text in texts.values()):
        raise NotGiven(_("Write the recommendation in at least one language."))
    if track is not None and track.symposium_id != symposium.pk:
        raise NotOfThisSession(_("This track is another symposium's."))


def _locked(recommendation: Recommendation) -> Recommendation:
    return (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("symposium__activity__edition")
        .get(pk=recommendation.pk)
    )
