"""Proceedings go out: frozen with their hash and their PDF; errata are a new number."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.services import open_file, store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.snapshots import hash_of

from ..errors import NotGiven
from ..models import Paper, Proceedings, Symposium
from ..proceedings_numbers import doi_of
from ..proceedings_snapshot import snapshot_of
from ..proceedings_volume import volume_pdf
from ..queries.proceedings import accepted_papers, overlapping
from .proceedings_papers import pages_in

CODE_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another
MOST_BYTES = 500 * 1024 * 1024


@transaction.atomic
def release_proceedings(symposium: Symposium, *, note: str = "", by: Person | None) -> Proceedings:
    """Freeze the accepted papers that have their text as the next number, with the volume's PDF.

    Papers get their DOIs from the prefix. The first number needs no ``note``; each further one
    says what changed, and the numbers before it stay as they are.

    Raises:
        NotGiven: something is missing; the text lists all of it, one a line.
        Unreadable: a paper does not open.
    Cost: about 1 s for 30 papers.
    """
    held = (
        Symposium.objects.select_for_update(of=("self",))
        .select_related("activity__edition")
        .get(pk=symposium.pk)
    )
    last = held.proceedings.order_by("-number").first()
    problems = missing_for_release(held)
    if last and not note.strip():
        problems.append(_("Say what changed since number %(number)d.") % {"number": last.number})
    if problems:
        raise NotGiven("\n".join(problems))
    papers = list(_with_texts(held))
    _give_dois(held, papers)
    number = last.number + 1 if last else 1
    snapshot = snapshot_of(held, papers, number=number, note=note.strip())
    if last and _same(last.snapshot, snapshot):
        raise NotGiven(_("Nothing has changed since number %(number)d.") % {"number": last.number})
    moment = clock.now()
    volume = volume_pdf(snapshot, released_at=moment, opened=_opener(papers))
    pdf = store_upload(
        ContentFile(volume, name=f"proceedings-{number}.pdf"),
        kinds=("pdf",),
        scope=held.scope,
        by=by,
        max_bytes=MOST_BYTES,
    )
    made = Proceedings.objects.create(
        symposium=held,
        number=number,
        snapshot=snapshot,
        sha256=hash_of(snapshot),
        pdf=pdf,
        code=_free_code(),
        note=note.strip(),
        released_at=moment,
        released_by=by,
    )
    record(
        "proceedings released",
        held,
        by=by,
        after={"number": number, "papers": len(papers), "hash": made.sha256},
        reason=made.note,
    )
    return made


def missing_for_release(symposium: Symposium) -> list[str]:
    """All that keeps the proceedings from going out, in words; [] when nothing does."""
    papers = list(_with_texts(symposium))
    problems = []
    if not papers:
        problems.append(_("No accepted paper has its full text yet."))
    if not symposium.publisher:
        problems.append(_("The publisher is not named."))
    for one in papers:
        assert one.full_text is not None
        if not one.page_from or not one.page_to:
            problems.append(_("“%(paper)s” has no pages yet.") % {"paper": one})
        elif one.page_to - one.page_from + 1 != pages_in(one.full_text):
            problems.append(
                _("The pages of “%(paper)s” are not those of its text.") % {"paper": one}
            )
        if not one.authors.exists():
            problems.append(_("“%(paper)s” names no author.") % {"paper": one})
    for one, other in overlapping(papers):
        problems.append(
            _("The pages of “%(one)s” and “%(other)s” overlap.") % {"one": one, "other": other}
        )
    return problems


def _with_texts(symposium: Symposium) -> list[Paper]:
    rows = accepted_papers(symposium).filter(full_text__isnull=False)
    return list(rows.prefetch_related("authors"))


def _give_dois(symposium: Symposium, papers: list[Paper]) -> None:
    """A DOI once given stays, whatever becomes of the prefix."""
    for one in papers:
        if symposium.doi_prefix and not one.doi:
            one.doi = doi_of(symposium.doi_prefix, symposium.scope, one.number)
            one.save(update_fields=["doi"])


def _same(before: dict[str, object], after: dict[str, object]) -> bool:
    apart = {"number", "note"}
    return {k: v for k, v in before.items() if k not in apart} == {
        k: v for k, v in after.items() if k not in apart
    }


def _opener(papers: list[Paper]) -> Callable[[str], bytes]:
    files = {one.full_text.sha256: one.full_text for one in papers if one.full_text}

    def opened(sha256: str) -> bytes:
        with open_file(files[sha256]) as kept:
            return kept.read()

    return opened


def _free_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_SIGNS) for _one in range(8))
        if not Proceedings.objects.filter(code=code).exists():
            return code
