"""What becomes of a paragraph: a commitment with an owner and a date, or a reason why nothing follows."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Party, Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import languages
from karvan.stages.agreements.models import Commitment
from karvan.stages.agreements.services import promise_elsewhere

from ..errors import NotGiven, WrongState
from ..models import Resolution, ResolutionParagraph

TITLE_LENGTH = 300


@transaction.atomic
def follow_up(
    paragraph: ResolutionParagraph,
    *,
    owner: Party,
    due_on: date,
    by: Person | None,
    co_owners: tuple[Party, ...] = (),
    deliverable: str = "",
) -> Commitment:
    """Make a commitment of an operative paragraph; returns it, open.

    Raises:
        NotGiven: it would be due before it was adopted.
        WrongState: it is preambular, or a commitment already.
    """
    paragraph = _locked(paragraph)
    resolution = paragraph.resolution
    adopted_on = timezone.localtime(resolution.adopted_at).date()
    if due_on < adopted_on:
        raise NotGiven(_("It cannot be due before it was adopted."))
    made = promise_elsewhere(
        origin=_origin(resolution),
        words=_source_words(resolution, paragraph),
        address=address_of(resolution),
        code=_free_code(resolution, paragraph),
        titles={code: text[:TITLE_LENGTH] for code, text in paragraph.texts.items()},
        owner=owner,
        promised_on=adopted_on,
        scope=resolution.scope,
        due_on=due_on,
        co_owners=co_owners,
        deliverable=deliverable,
        by=by,
    )
    paragraph.commitment, paragraph.owner, paragraph.due_on = made, owner, due_on
    paragraph.no_follow_up = ""
    paragraph.save(update_fields=["commitment", "owner", "due_on", "no_follow_up"])
    after = {"number": paragraph.number, "commitment": made.code}
    record("paragraph followed up", resolution, by=by, after=after)
    return made


@transaction.atomic
def follow_up_owned(resolution: Resolution, *, by: Person | None) -> list[Commitment]:
    """Make commitments of all operative paragraphs that came with an owner and a date.

    One whose date lies before the adoption stays in the list of what is not followed up.
    """
    adopted_on = timezone.localtime(resolution.adopted_at).date()
    ready = resolution.paragraphs.filter(
        is_operative=True, commitment=None, owner__isnull=False, due_on__gte=adopted_on
    )
    return [
        follow_up(one, owner=one.owner, due_on=one.due_on, by=by)
        for one in ready.select_related("owner")
        if one.owner is not None and one.due_on is not None
    ]


@transaction.atomic
def say_no_follow_up(
    paragraph: ResolutionParagraph, *, reason: str, by: Person | None
) -> ResolutionParagraph:
    """Say why nothing follows from a paragraph; it stays in the list of what is not followed up.

    Raises:
        NotGiven: no reason.
        WrongState: it is preambular, or a commitment already.
    """
    paragraph = _locked(paragraph)
    if not reason.strip():
        raise NotGiven(_("Say why nothing follows from it."))
    paragraph.no_follow_up = reason.strip()[:300]
    paragraph.save(update_fields=["no_follow_up"])
    after = {"number": paragraph.number}
    record("nothing follows", paragraph.resolution, by=by, after=after, reason=reason)
    return paragraph


def address_of(resolution: Resolution) -> str:
    """Where the resolution is read, without a language."""
    session = resolution.session
    return f"/organs/{session.organ.code}/{session.slug}/resolutions/{resolution.pk}/"


def _locked(paragraph: ResolutionParagraph) -> ResolutionParagraph:
    rows = ResolutionParagraph.objects.select_for_update(of=("self",))
    paragraph = rows.select_related("resolution__session__organ").get(pk=paragraph.pk)
    if not paragraph.is_operative:
        raise WrongState(_("Only an operative paragraph is followed up."))
    if paragraph.commitment_id:
        raise WrongState(_("This paragraph is a commitment already."))
    return paragraph


def _origin(resolution: Resolution) -> str:
    if resolution.kind == Resolution.Kind.RECOMMENDATION:
        return Commitment.Origin.RECOMMENDATION
    return Commitment.Origin.DECISION


def _source_words(resolution: Resolution, paragraph: ResolutionParagraph) -> dict[str, str]:
    """What the ledger calls the source in each language: the number and the title."""
    titled = {code: resolution.titles.get(code) for code in languages()}
    words = {
        code: f"{resolution.number} §{paragraph.number}, {title}"[:300]
        for code, title in titled.items()
        if title
    }
    return words or {"en": f"{resolution.number} §{paragraph.number}"}


def _free_code(resolution: Resolution, paragraph: ResolutionParagraph) -> str:
    stem = slugify(f"{resolution.number} {paragraph.number}")[:34] or f"resolution-{resolution.pk}"
    code, again = stem, 1
    while Commitment.objects.filter(code=code).exists():
        again += 1
        code = f"{stem}-{again}"
    return code
