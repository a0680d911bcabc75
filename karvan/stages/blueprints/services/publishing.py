"""Make a draft the next version: signed, explained part by part, and never changed again."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import fold

from ..document import DocumentProblems, core_parts
from ..errors import AlreadyPublished, NoteMissing, NothingNew, NotSigned, Unexplained
from ..examined import examined
from ..history import changes_explained, why
from ..models import Blueprint, CorePart
from .revisions import write_notes


@transaction.atomic
def publish_blueprint(
    blueprint: Blueprint,
    *,
    note: str,
    by: Person | None,
    signature: str = "",
    notes: Mapping[str, str] | None = None,
) -> Blueprint:
    """Make a draft the programme's next version. From then on the database refuses to change it.

    ``signature`` is the person's full name as he or she typed it; nothing is signed where the
    platform itself publishes. ``notes`` say by address why parts differ from the version before;
    one at a part speaks for all inside it, and those written while editing count.

    Raises:
        AlreadyPublished: it is no draft any more.
        DocumentProblems: the text is not a valid blueprint; all problems are listed.
        NoteMissing: nothing says what changed.
        NotSigned: the signature is not the person's name.
        NothingNew: the version before says the very same.
        Unexplained: parts differ and nobody says why; they are listed.
    """
    blueprint = Blueprint.objects.select_for_update().get(pk=blueprint.pk)
    if blueprint.state != Blueprint.State.DRAFT:
        raise AlreadyPublished(
            _("Version %(number)s is published and never changes. Begin a new draft instead.")
            % {"number": blueprint.number}
        )
    _refuse_unready(blueprint)
    if not note.strip():
        raise NoteMissing(_("Say what is new in this version; countries read it before adopting."))
    signed = _signed(signature, by)
    for path, said in (notes or {}).items():
        write_notes(blueprint, paths=[path], note=said, by=by)
    _refuse_unexplained(blueprint)
    CorePart.objects.bulk_create(
        CorePart(blueprint=blueprint, path=one.path, is_open=one.is_open)
        for one in core_parts(blueprint.data)
    )
    blueprint.state, blueprint.note = Blueprint.State.PUBLISHED, note.strip()
    blueprint.published_by, blueprint.published_at = by, clock.now()
    blueprint.signed_name = signed
    blueprint.save(update_fields=["state", "note", "published_by", "published_at", "signed_name"])
    _follow(blueprint)
    after = {"version": blueprint.number, "sha256": blueprint.sha256, "signed": bool(signed)}
    record("version published", blueprint, by=by, after=after, reason=blueprint.note)
    return blueprint


def _follow(version: Blueprint) -> None:
    """The programme is called, and summed up, as its newest version says."""
    programme = version.programme
    programme.titles = dict(version.data["title"])
    programme.summaries = dict(version.data.get("summary", {}))
    programme.save(update_fields=["titles", "summaries"])


def _refuse_unready(blueprint: Blueprint) -> None:
    read = examined(bytes(blueprint.source), blueprint.programme.code)
    if read.problems:
        raise DocumentProblems(read.problems)
    published = blueprint.programme.blueprints.filter(state=Blueprint.State.PUBLISHED)
    if published.filter(sha256=blueprint.sha256).exists():
        raise NothingNew(_("This very text is published already. Change something first."))


def _signed(signature: str, by: Person | None) -> str:
    """The signature as typed, once it is the person's name in one of the scripts it is known in."""
    if by is None:
        return ""
    known = {fold(name) for name in (by.full_name, *by.names.values())}
    if not signature.strip() or fold(signature) not in known:
        message = _("Sign with your full name as your account has it: %(name)s.")
        raise NotSigned(message % {"name": by.full_name})
    return " ".join(signature.split())


def _refuse_unexplained(blueprint: Blueprint) -> None:
    """Every difference has its reason; notes on what does not differ any more go."""
    changed = changes_explained(blueprint)
    for said in blueprint.change_notes.all():
        if not any(why(one.difference.path, {said.path: said.note}) for one in changed):
            said.delete()
    unsaid = [one.difference for one in changed if not one.why]
    if not unsaid:
        return
    head = ngettext(
        "Nobody has said why %(count)s part differs from the version before:",
        "Nobody has said why %(count)s parts differ from the version before:",
        len(unsaid),
    ) % {"count": len(unsaid)}
    raise Unexplained("\n".join([head, *(one.words for one in unsaid)]), unsaid)
