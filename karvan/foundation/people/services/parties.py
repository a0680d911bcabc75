"""Acts on parties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.files.kinds import PICTURES
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.errors import CodeTaken, NameMissing
from karvan.foundation.people.models import Party, Person
from karvan.foundation.places.models import Country
from karvan.foundation.records.services import record

LOGO_MAX_BYTES = 1024 * 1024


@transaction.atomic
def create_party(
    *,
    code: str,
    kind: str,
    names: Mapping[str, str],
    country: Country | None = None,
    website: str = "",
    by: Person | None,
) -> Party:
    """Register an organisation or a state's body and return it.

    ``names`` are by language; at least one must be there.

    Raises:
        NameMissing: no name in any language.
        CodeTaken: another party has this code.
    """
    tidy = _tidy(names)
    if Party.objects.filter(code=code).exists():
        raise CodeTaken(_("There is a party with the code %(code)s already.") % {"code": code})
    party = Party.objects.create(code=code, kind=kind, names=tidy, country=country, website=website)
    record("registered", party, by=by, after={k: v for k, v in _said(party).items() if v})
    return party


@transaction.atomic
def change_party(
    party: Party,
    *,
    kind: str,
    names: Mapping[str, str],
    country: Country | None = None,
    website: str = "",
    by: Person | None,
) -> Party:
    """Change a party's entry and return it; its code, which others point at, stays.

    Raises:
        NameMissing: no name in any language.
    """
    kept = Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    before = _said(kept)
    kept.kind, kept.names, kept.country, kept.website = kind, _tidy(names), country, website
    after = _said(kept)
    keys = sorted({**before, **after})
    changed = [key for key in keys if before.get(key) != after.get(key)]
    if changed:
        kept.save(update_fields=["kind", "names", "country", "website"])
        record(
            "changed",
            kept,
            by=by,
            before={key: before.get(key) for key in changed},
            after={key: after.get(key) for key in changed},
        )
    return kept


@transaction.atomic
def change_party_logo(party: Party, *, upload: File[Any] | None, by: Person | None) -> Party:
    """Give a party its logo, or take it away with None; returns the party.

    Raises:
        RuleBroken: what ``store_upload`` refuses: not a picture, damaged, over 1 MB.
    """
    kept = Party.objects.select_for_update(of=("self",)).select_related("logo").get(pk=party.pk)
    before = kept.logo.sha256 if kept.logo else None
    kept.logo = (
        store_upload(upload, kinds=PICTURES, scope="", by=by, max_bytes=LOGO_MAX_BYTES)
        if upload
        else None
    )
    kept.save(update_fields=["logo"])
    after = kept.logo.sha256 if kept.logo else None
    record("logo_changed", kept, by=by, before={"logo": before}, after={"logo": after})
    return kept


def _tidy(names: Mapping[str, str]) -> dict[str, str]:
    tidy = {language: " ".join(name.split()) for language, name in names.items()}
    kept = {language: name for language, name in tidy.items() if name}
    if not kept:
        raise NameMissing(_("Write the party's name in at least one language."))
    return kept


def _said(party: Party) -> dict[str, Any]:
    return {
        "kind": party.kind,
        **{f"name ({code})": name for code, name in sorted(party.names.items())},
        "country": party.country_id,
        "website": party.website,
    }
