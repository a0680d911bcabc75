"""What people do to programmes and their blueprints. One function, one act, one transaction."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Party, Person
from karvan.foundation.records.services import record
from karvan.stages.agreements.models import Commitment

from .document import Document, DocumentProblems, Problem, parse
from .errors import AlreadyPublished, BadCode, NoteMissing, NothingNew, ProgrammeExists
from .models import Blueprint, Programme

_CODE = re.compile(r"[A-Z][A-Z0-9]{0,11}", re.ASCII)


@transaction.atomic
def create_programme(
    *,
    code: str,
    titles: Mapping[str, str],
    owner: Party,
    by: Person | None,
    summaries: Mapping[str, str] | None = None,
    commitments: Iterable[Commitment] = (),
) -> Programme:
    """Begin a programme; its code is the first part of every scope below it.

    Raises:
        BadCode: the code is not capitals and digits, or longer than 12.
        ProgrammeExists: another programme has it.
    """
    if not _CODE.fullmatch(code):
        raise BadCode(
            _(
                "A programme's code is capitals and digits, at most 12, beginning with a letter: TVP."
            )
        )
    if Programme.objects.filter(code=code).exists():
        raise ProgrammeExists(
            _("There is already a programme with the code “%(code)s”.") % {"code": code}
        )
    programme = Programme.objects.create(
        code=code, titles=dict(titles), summaries=dict(summaries or {}), owner=owner
    )
    promised = list(commitments)
    programme.commitments.set(promised)
    after = {"owner": owner.code, "titles": dict(titles), "commitments": [c.code for c in promised]}
    record("programme created", programme, by=by, after=after)
    return programme


@transaction.atomic
def import_blueprint(
    programme: Programme, *, source: bytes, note: str, by: Person | None
) -> Blueprint:
    """Take a YAML text as the programme's draft; an earlier draft gives way to it.

    Returns the draft, numbered one above the newest published version. The text is kept
    byte for byte; the same text again changes nothing.

    Raises:
        DocumentProblems: everything that is wrong with the text, with paths and lines.
        NothingNew: the newest published version is this very text.
    Cost: about 0.1 s for a text of 100 kB.
    """
    document = _parsed(source, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    sha256 = hashlib.sha256(source).hexdigest()
    published = programme.blueprints.filter(state=Blueprint.State.PUBLISHED)
    if published.filter(sha256=sha256).exists():
        raise NothingNew(_("This very text is published already."))
    draft = programme.blueprints.filter(state=Blueprint.State.DRAFT).first()
    before = {"sha256": draft.sha256} if draft else {}
    if draft and draft.sha256 == sha256 and draft.note == note:
        return draft
    if draft is None:
        newest = published.aggregate(newest=Max("number"))["newest"] or 0
        draft = Blueprint(programme=programme, number=newest + 1)
    draft.source, draft.sha256, draft.data, draft.note = source, sha256, document.data, note
    draft.imported_by, draft.imported_at = by, clock.now()
    draft.save()
    after = {"version": draft.number, "sha256": sha256, "bytes": len(source)}
    record("draft imported", draft, by=by, before=before, after=after, reason=note)
    return draft


@transaction.atomic
def publish_blueprint(blueprint: Blueprint, *, note: str, by: Person | None) -> Blueprint:
    """Make a draft the programme's next version. From then on the database refuses to change it.

    Raises:
        AlreadyPublished: it is no draft any more.
        NoteMissing: nothing says what changed.
    """
    blueprint = Blueprint.objects.select_for_update().get(pk=blueprint.pk)
    if blueprint.state != Blueprint.State.DRAFT:
        raise AlreadyPublished(
            _("Version %(number)s is published and never changes. Import a new draft instead.")
            % {"number": blueprint.number}
        )
    if not note.strip():
        raise NoteMissing(_("Say what is new in this version; countries read it before adopting."))
    blueprint.state, blueprint.note = Blueprint.State.PUBLISHED, note.strip()
    blueprint.published_by, blueprint.published_at = by, clock.now()
    blueprint.save(update_fields=["state", "note", "published_by", "published_at"])
    after = {"version": blueprint.number, "sha256": blueprint.sha256}
    record("version published", blueprint, by=by, after=after, reason=blueprint.note)
    return blueprint


def _parsed(source: bytes, programme: Programme) -> Document:
    """The document in the text, if it is one and is this programme's."""
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        message = _("The text is not UTF-8 from here on. Save it as UTF-8 and import it again.")
        raise DocumentProblems([Problem("", line, message)]) from error
    document = parse(text)
    if document.code != programme.code:
        message = _("This is the blueprint of “%(found)s”, not of “%(wanted)s”.")
        detail = {"found": document.code, "wanted": programme.code}
        raise DocumentProblems([Problem("code", document.line_of("code"), message % detail)])
    return document
