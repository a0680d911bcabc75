"""An edition's budget: its lines, and who bears which share of each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats
from karvan.stages.blueprints.document import allowed

from .. import queries
from ..bearing import bearers_in_words, may_bear
from ..errors import Locked, MayNotBear, NoSuchLine, ShareTooLarge, WrongState
from ..models import BudgetLine, BudgetShare, Edition, EditionPartner
from ..quantities import BASES
from ..sums import WHOLE

_OVER = (Edition.State.CLOSED, Edition.State.CANCELLED)


@transaction.atomic
def lay_out_budget(edition: Edition, *, by: Person | None) -> list[BudgetLine]:
    """Give the edition the budget lines of its design that it lacks; returns the new ones.

    Lines that are there stay as they are, so it can be called again.

    Raises:
        WrongState: the edition is over.
    """
    edition = _open(edition)
    made = give_lines(edition)
    if made:
        lines = ", ".join(one.code for one in made)
        record("budget laid out", edition, by=by, after={"lines": lines})
    return made


def give_lines(edition: Edition) -> list[BudgetLine]:
    """The lines of the design that the edition lacks, made; part of an act that writes the record."""
    held = set(edition.budget_lines.values_list("code", flat=True))
    listed = queries.document_of(edition).get("budget_lines", ())
    position = _next_position(edition)
    return BudgetLine.objects.bulk_create(
        BudgetLine(
            edition=edition,
            code=one["code"],
            titles=one["title"],
            basis=one["basis"],
            position=position + number,
        )
        for number, one in enumerate(one for one in listed if one["code"] not in held)
    )


@transaction.atomic
def add_line(
    edition: Edition, *, titles: Mapping[str, str], basis: str, by: Person | None
) -> BudgetLine:
    """Add a line of the country's own; any partner may bear it.

    Raises:
        Locked: the blueprint does not leave the budget lines free.
        NoSuchLine: nothing is counted in this way.
        WrongState: the edition is over.
    """
    edition = _open(edition)
    if basis not in BASES:
        raise NoSuchLine(_("A line is not counted by “%(basis)s”.") % {"basis": basis})
    code = _own_code(edition)
    document = queries.document_of(edition)
    listed = list(document.get("budget_lines", ()))
    wanted = {"code": code, "title": dict(titles), "basis": basis}
    refusal = allowed(document, "budget_lines", [*listed, wanted])
    if refusal is not None:
        raise Locked(refusal.message)
    line = BudgetLine.objects.create(
        edition=edition,
        code=code,
        titles=dict(titles),
        basis=basis,
        position=_next_position(edition),
        is_own=True,
    )
    after = {"code": code, "title": in_language(titles, "en"), "basis": basis.replace("_", " ")}
    record("budget line added", line, by=by, after=after)
    return line


@transaction.atomic
def say_share(
    line: BudgetLine,
    *,
    partner: EditionPartner,
    percent: Decimal,
    by: Person | None,
    in_kind: bool = False,
) -> BudgetShare:
    """Say that a partner bears so many per cent of a line; said again, it replaces what was said.

    Raises:
        MayNotBear: the partner is of another edition, or the blueprint does not let such a
            partner bear this line, or not in kind.
        ShareTooLarge: 0 or less, finer than a hundredth of a per cent, or more than is left.
        WrongState: the edition is over.
    """
    line = locked_line(line)
    _check_bearer(line, partner, in_kind)
    part = int((percent * 100).to_integral_value())
    if part != percent * 100 or part < 1:
        raise ShareTooLarge(_("A share is more than 0 per cent, with two decimals at most."))
    present = line.shares.filter(partner=partner, in_kind=in_kind).first()
    others = sum(one.part for one in line.shares.all() if present is None or one.pk != present.pk)
    if others + part > WHOLE:
        words = {"line": line, "left": formats.number(Decimal(WHOLE - others) / 100)}
        raise ShareTooLarge(
            _("Only %(left)s per cent of “%(line)s” are left; all shares together are at most 100.")
            % words
        )
    before = {"percent": f"{Decimal(present.part) / 100:f}"} if present else {}
    share, _made = BudgetShare.objects.update_or_create(
        line=line, partner=partner, in_kind=in_kind, defaults={"part": part}
    )
    after = {"party": partner.party.code, "percent": f"{percent:f}", "in_kind": in_kind}
    record("share said", line, by=by, before=before, after=after)
    return share


@transaction.atomic
def withdraw_share(share: BudgetShare, *, by: Person | None) -> None:
    """Say that the partner bears this share no more. What it committed or paid stays.

    Raises:
        WrongState: the edition is over.
    """
    line = locked_line(share.line)
    before = {
        "party": share.partner.party.code,
        "percent": f"{Decimal(share.part) / 100:f}",
        "in_kind": share.in_kind,
    }
    share.delete()
    record("share withdrawn", line, by=by, before=before)


def locked_line(line: BudgetLine) -> BudgetLine:
    """The line and its edition's state, locked until the transaction ends.

    Raises:
        WrongState: the edition is over.
    """
    found = (
        BudgetLine.objects.select_for_update(of=("self",))
        .select_related("edition__programme", "edition__blueprint")
        .get(pk=line.pk)
    )
    _refuse_over(found.edition)
    return found


def _open(edition: Edition) -> Edition:
    found = Edition.objects.select_for_update().get(pk=edition.pk)
    _refuse_over(found)
    return found


def _refuse_over(edition: Edition) -> None:
    if edition.state in _OVER:
        raise WrongState(_("This edition is over; its budget stays as it is."))


def _check_bearer(line: BudgetLine, partner: EditionPartner, in_kind: bool) -> None:
    if partner.edition_id != line.edition_id:
        raise MayNotBear(_("This partner is not one of this edition's."))
    kinds = queries.share_kinds_of(line)
    if may_bear(kinds, partner, line.edition.programme, in_kind=in_kind):
        return
    words = {"line": line, "party": partner.party, "who": bearers_in_words(kinds)}
    if in_kind and "in_kind" not in kinds:
        raise MayNotBear(
            _("“%(line)s” is not borne in kind. By the blueprint it is borne by: %(who)s.") % words
        )
    raise MayNotBear(
        _("%(party)s may not bear “%(line)s”. By the blueprint it is borne by: %(who)s.") % words
    )


def _next_position(edition: Edition) -> int:
    last = edition.budget_lines.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def _own_code(edition: Edition) -> str:
    """OWN1, OWN2 …: codes of the country's own lines, none used twice."""
    taken = set(edition.budget_lines.values_list("code", flat=True))
    return next(code for number in range(1, 1000) if (code := f"OWN{number}") not in taken)
