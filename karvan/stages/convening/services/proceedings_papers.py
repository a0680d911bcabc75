"""What the proceedings are made of: how they are described, the papers' texts, their pages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import open_file, store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.dossiers.licences import parse_licence

from ..errors import NotGiven, NotOfThisSession, Unreadable, WrongState
from ..models import Paper, Symposium
from ..proceedings_numbers import checked_doi_prefix, checked_isbn, checked_issn
from ..queries.proceedings import ACCEPTED, accepted_papers

MOST_BYTES = 30 * 1024 * 1024


@transaction.atomic
def describe_proceedings(
    symposium: Symposium,
    *,
    series: str = "",
    publisher: str = "",
    isbn: str = "",
    issn: str = "",
    doi_prefix: str = "",
    licence: str,
    by: Person | None,
) -> Symposium:
    """Say who publishes the proceedings, under which numbers and licence.

    Raises:
        NotGiven: a number has a wrong digit or form.
        BadLicence: the licence is none of SPDX.
    """
    said = {
        "series": series.strip(),
        "publisher": publisher.strip(),
        "isbn": checked_isbn(isbn),
        "issn": checked_issn(issn),
        "doi_prefix": checked_doi_prefix(doi_prefix),
        "licence": parse_licence(licence),
    }
    held = Symposium.objects.select_for_update().get(pk=symposium.pk)
    before = {name: getattr(held, name) for name in said}
    for name, value in said.items():
        setattr(held, name, value)
    held.save(update_fields=list(said))
    changed = [name for name in said if before[name] != said[name]]
    record(
        "proceedings described",
        held,
        by=by,
        before={name: before[name] for name in changed},
        after={name: said[name] for name in changed},
    )
    return held


@transaction.atomic
def take_full_text(paper: Paper, *, upload: File[Any], by: Person | None) -> Paper:
    """Keep the full text of an accepted paper, in place of one that was there.

    Its pages stay if it has as many as before; else they are to be laid out anew. What was
    released stays as it was released.

    Raises:
        WrongState: the paper is not accepted.
        FileNotAllowed, FileUnsafe …: it is no PDF, as ``store_upload``.
    """
    held = Paper.objects.select_for_update().get(pk=paper.pk)
    if held.state not in ACCEPTED:
        raise WrongState(
            _("Full texts are taken of accepted papers; this one is: %(state)s.")
            % {"state": held.get_state_display()}
        )
    kept = store_upload(upload, kinds=("pdf",), scope=held.scope, by=by, max_bytes=MOST_BYTES)
    count = pages_in(kept)
    if held.page_from and held.page_to and held.page_to - held.page_from + 1 != count:
        held.page_from = held.page_to = None
    held.full_text = kept
    held.save(update_fields=["full_text", "page_from", "page_to"])
    record("full text taken", held, by=by, after={"file": kept.sha256, "pages": count})
    return held


@transaction.atomic
def lay_out_pages(
    symposium: Symposium, *, order: Sequence[int], first_page: int = 1, by: Person | None
) -> int:
    """Give the papers their pages in this order, one after the other; returns the last page.

    ``order``: the keys of the accepted papers that have a full text, each once.

    Raises:
        NotGiven: one is left out or stands twice, or the first page is less than one.
        NotOfThisSession: a paper is of another symposium, not accepted, or without a text.
    """
    rows = {one.pk: one for one in accepted_papers(symposium) if one.full_text_id}
    if set(order) - set(rows):
        raise NotOfThisSession(_("Only accepted papers of this symposium with a full text have pages."))  # fmt: skip
    if len(order) != len(set(order)) or set(order) != set(rows):
        raise NotGiven(_("Put every paper with a full text into the order, each once."))
    if first_page < 1:
        raise NotGiven(_("Pages are counted from one."))
    at = first_page
    for pk in order:
        one = rows[pk]
        assert one.full_text is not None
        one.page_from = at
        one.page_to = at + pages_in(one.full_text) - 1
        at = one.page_to + 1
        one.save(update_fields=["page_from", "page_to"])
    record("pages laid out", symposium, by=by, after={"papers": len(order), "pages": at - 1})
    return at - 1


@transaction.atomic
def say_first_page(paper: Paper, *, page_from: int, by: Person | None) -> Paper:
    """Say on which page a paper begins; its last follows from its text.

    Raises:
        WrongState: it has no full text.
        NotGiven: its pages would overlap another's, or begin before one.
    """
    held = (
        Paper.objects.select_for_update(of=("self",)).select_related("full_text").get(pk=paper.pk)
    )
    if held.full_text is None:
        raise WrongState(
            _("The paper has no full text yet, so nobody knows how many pages it has.")
        )
    if page_from < 1:
        raise NotGiven(_("Pages are counted from one."))
    page_to = page_from + pages_in(held.full_text) - 1
    for other in accepted_papers(held.symposium).exclude(pk=held.pk):
        if other.page_from and other.page_to and page_from <= other.page_to and other.page_from <= page_to:  # fmt: skip
            raise NotGiven(
                _("Pages %(first)d to %(last)d overlap with “%(other)s”, pages %(from)d to %(to)d.")
                % {
                    "first": page_from,
                    "last": page_to,
                    "other": other,
                    "from": other.page_from,
                    "to": other.page_to,
                }
            )
    held.page_from, held.page_to = page_from, page_to
    held.save(update_fields=["page_from", "page_to"])
    record("pages said", held, by=by, after={"pages": f"{page_from}-{page_to}"})
    return held


def pages_in(file: StoredFile) -> int:
    """How many pages a kept PDF has. Cost: about 2 ms.

    Raises: Unreadable: it does not open.
    """
    try:
        with open_file(file) as kept, pikepdf.open(io.BytesIO(kept.read())) as pdf:
            return len(pdf.pages)
    except (pikepdf.PdfError, FileNotFoundError) as broken:
        raise Unreadable(
            _("“%(name)s” does not open. Upload it again.") % {"name": file.name}
        ) from broken
