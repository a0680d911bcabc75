"""Acts on a body: it is set up with its rules, and they are changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotGiven, NumberTaken
from ..models import Organ
from ..symbols import problem_of

RESERVED = ("new",)  # words that addresses use themselves
RULES = (
    "names", "abbreviation", "party", "symbol_pattern", "number_pattern", "working_languages",
    "official_languages", "quorum_numerator", "quorum_denominator", "quorum_is_more_than",
    "quorum_base", "majorities", "abstention_is_voting", "documents_days", "convocation_days",
    "seats", "rules_source",
)  # fmt: skip


@transaction.atomic
def create_organ(*, code: str, names: Mapping[str, str], by: Person | None, **rules: Any) -> Organ:
    """Set up a body with its rules; ``rules`` are fields of ``Organ`` named in ``RULES``.

    Raises:
        NumberTaken: the code is another organ's, or a word that addresses need.
        NotGiven: a pattern cannot be used, or no working language is named.
    """
    if code in RESERVED or Organ.objects.filter(code=code).exists():
        raise NumberTaken(_("“%(code)s” is taken. Choose another code.") % {"code": code})
    _check(rules)
    made = Organ.objects.create(code=code, names=dict(names), scope=f"organs/{code}", **rules)
    record("added", made, by=by, after=_said(made))
    return made


@transaction.atomic
def change_organ(organ: Organ, *, by: Person | None, **rules: Any) -> Organ:
    """Write the organ's rules anew; what is already issued or decided stays as it is.

    Raises:
        NotGiven: a pattern cannot be used, or no working language is named.
    """
    held = Organ.objects.select_for_update(of=("self",)).get(pk=organ.pk)
    _check(rules)
    before = _said(held)
    for name in RULES:
        if name in rules:
            setattr(held, name, rules[name])
    held.save()
    after = _said(held)
    changed = [key for key in after if after[key] != before[key]]
    record(
        "changed",
        held,
        by=by,
        before={key: before[key] for key in changed},
        after={key: after[key] for key in changed},
    )
    return held


def _check(rules: Mapping[str, Any]) -> None:
    for name, word in (
        ("symbol_pattern", _("the pattern of symbols")),
        ("number_pattern", _("the pattern of resolution numbers")),
    ):
        problem = problem_of(rules[name]) if name in rules else ""
        if problem:
            raise NotGiven(
                _("This cannot be used as %(which)s: look at “%(problem)s” in “%(pattern)s”.")
                % {"which": word, "problem": problem, "pattern": rules[name]}
            )
    if "working_languages" in rules and not rules["working_languages"]:
        raise NotGiven(_("Name at least one working language: documents are issued in these."))
    top, whole = rules.get("quorum_numerator", 1), rules.get("quorum_denominator", 2)
    if not whole > 0 or not 0 <= top <= whole:
        raise NotGiven(_("A quorum is a part of the whole, such as 1 of 2."))


def _said(organ: Organ) -> dict[str, Any]:
    """The rules as the record keeps them."""
    return {
        "name": str(organ),
        "symbols": organ.symbol_pattern,
        "numbers": organ.number_pattern,
        "languages": ", ".join(organ.working_languages),
        "quorum": f"{organ.quorum_numerator}/{organ.quorum_denominator} {organ.quorum_base}",
        "majorities": ", ".join(f"{key}: {value}" for key, value in organ.majorities.items()),
        "papers due": organ.documents_days,
        "convocation": organ.convocation_days,
    }
