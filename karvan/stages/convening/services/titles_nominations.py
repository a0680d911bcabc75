"""A state's nomination of a city: begun, saved as often as wanted, sent once, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Party, Person
from karvan.foundation.places.models import Country
from karvan.foundation.records.services import record
from karvan.foundation.texts import in_language

from ..errors import NotGiven, WrongState
from ..models import NominationFile, TitleCycle, TitleNomination
from .titles_cycles import check_region

State = TitleNomination.State
KINDS = ("pdf", "jpeg", "png", "webp", "docx", "xlsx", "ods")
MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 40
OPEN_TO_CHANGES = (State.DRAFT,)


@transaction.atomic
def begin_nomination(
    cycle: TitleCycle,
    *,
    party: Party,
    city_names: Mapping[str, str],
    country: Country,
    region: str,
    by: Person | None,
    texts: Mapping[str, Mapping[str, str]] | None = None,
    budget: Decimal | None = None,
    currency: str = "",
) -> TitleNomination:
    """Begin a party's nomination of a city; returns it as a draft.

    Raises:
        WrongState: the cycle is not open.
        NotGiven: the region is not one of the series or has no seat this year, a section is not
            in the file, the budget has no currency, or the party nominates the city already.
    """
    _require_open(cycle)
    nomination = TitleNomination(cycle=cycle, party=party, country=country, made_by=by)
    _say(nomination, city_names=city_names, region=region, texts=texts or {}, budget=budget, currency=currency)  # fmt: skip
    for other in cycle.nominations.filter(country=country).exclude(state=State.WITHDRAWN):
        if set(other.city_names.values()) & set(city_names.values()):
            raise NotGiven(
                _("%(city)s is nominated for %(year)d already.")
                % {"city": other, "year": cycle.year}
            )
    nomination.save()
    record(
        "nomination begun",
        nomination,
        by=by,
        after={"city": dict(city_names), "region": region, "party": party.code},
    )
    return nomination


@transaction.atomic
def save_nomination(
    nomination: TitleNomination,
    *,
    city_names: Mapping[str, str],
    country: Country,
    region: str,
    texts: Mapping[str, Mapping[str, str]],
    budget: Decimal | None,
    currency: str,
    by: Person | None,
) -> TitleNomination:
    """Save the draft as it stands, complete or not.

    Raises: WrongState once it was sent; NotGiven as ``begin_nomination``.
    """
    held = _locked_draft(nomination)
    before = {name: getattr(held, name) for name in ("city_names", "region", "texts", "budget")}
    held.country = country
    _say(held, city_names=city_names, region=region, texts=texts, budget=budget, currency=currency)
    held.save()
    sections = sorted(code for code, said in held.texts.items() if said != before["texts"].get(code))  # fmt: skip
    record("nomination saved", held, by=by, after={"sections": sections, "budget": held.budget})
    return held


@transaction.atomic
def add_nomination_file(
    nomination: TitleNomination,
    *,
    section: str,
    caption: str,
    upload: File[Any],
    by: Person | None,
) -> NominationFile:
    """Put a paper or a picture into a section of the draft; pictures need a caption.

    Raises:
        WrongState: the nomination was sent.
        NotGiven: there is no such section, too many files, or a picture without a caption.
        FileNotAllowed, FileTooLarge …: as ``store_upload``; nothing is kept.
    """
    held = _locked_draft(nomination)
    _check_sections(held, [section])
    if held.files.count() >= MOST_FILES:
        raise NotGiven(_("A nomination holds %(most)d files at most.") % {"most": MOST_FILES})
    kept = store_upload(upload, kinds=KINDS, scope=held.scope, by=by, max_bytes=MOST_BYTES)
    if kept.kind in ("jpeg", "png", "webp") and not caption.strip():
        raise NotGiven(_("Say in the caption what the picture shows."))
    made = NominationFile.objects.create(
        nomination=held, section=section, caption=caption.strip(), file=kept, added_at=clock.now()
    )
    record("nomination file added", held, by=by, after={"section": section, "file": kept.name})
    return made


@transaction.atomic
def remove_nomination_file(file: NominationFile, *, by: Person | None) -> None:
    """Take a file out of a draft.

    Raises: WrongState once the nomination was sent.
    """
    held = _locked_draft(file.nomination)
    name, section = file.file.name, file.section
    file.delete()
    record("nomination file removed", held, by=by, before={"section": section, "file": name})


@transaction.atomic
def submit_nomination(nomination: TitleNomination, *, by: Person | None) -> TitleNomination:
    """Send the nomination; from then on it does not change.

    Raises:
        WrongState: it was sent, or the cycle takes none any more.
        NotGiven: something is missing; the text lists all of it, one a line.
    """
    held = _locked_draft(nomination)
    _require_open(held.cycle)
    missing = missing_in(held)
    if missing:
        raise NotGiven("\n".join([_("The nomination cannot be sent yet:"), *missing]))
    held.state, held.submitted_at = State.SUBMITTED, clock.now()
    held.save(update_fields=["state", "submitted_at"])
    record("nomination submitted", held, by=by, after={"state": held.state})
    return held


@transaction.atomic
def withdraw_nomination(
    nomination: TitleNomination, *, reason: str, by: Person | None
) -> TitleNomination:
    """Take a nomination back; the reason stays with it.

    Raises:
        WrongState: it was decided or withdrawn.
        NotGiven: no reason.
    """
    held = TitleNomination.objects.select_for_update().get(pk=nomination.pk)
    if held.state in (State.GRANTED, State.DECLINED, State.WITHDRAWN):
        raise WrongState(
            _("The nomination of %(city)s is closed: %(state)s.")
            % {"city": held, "state": held.get_state_display()}
        )
    if not reason.strip():
        raise NotGiven(_("Say why the nomination is withdrawn."))
    before = held.state
    held.state, held.state_reason = State.WITHDRAWN, reason.strip()
    held.save(update_fields=["state", "state_reason"])
    record(
        "nomination withdrawn",
        held,
        by=by,
        before={"state": before},
        after={"state": held.state},
        reason=held.state_reason,
    )
    return held


def missing_in(nomination: TitleNomination) -> list[str]:
    """All that keeps the nomination from being sent, in words; [] when nothing does."""
    missing = []
    for section in nomination.cycle.series.sections:
        if section.get("required", True) and not nomination.texts.get(section["code"]):
            missing.append(_("The section “%(section)s” is empty.") % {"section": in_language(section["names"])})  # fmt: skip
    if nomination.budget is None:
        missing.append(_("The budget is not given."))
    elif not nomination.currency:
        missing.append(_("The budget has no currency."))
    return missing


def _say(
    nomination: TitleNomination,
    *,
    city_names: Mapping[str, str],
    region: str,
    texts: Mapping[str, Mapping[str, str]],
    budget: Decimal | None,
    currency: str,
) -> None:
    cycle = nomination.cycle
    if not any(city_names.values()):
        raise NotGiven(_("Name the city in at least one language."))
    check_region(cycle.series, region)
    if not cycle.seats.get(region):
        raise NotGiven(
            _("The region “%(region)s” has no seat in %(year)d.")
            % {"region": region, "year": cycle.year}
        )
    _check_sections(nomination, texts)
    if budget is not None and budget < 0:
        raise NotGiven(_("A budget cannot be less than nothing."))
    if budget is not None and not currency:
        raise NotGiven(_("The budget has no currency. Give its three letters, such as AZN."))
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise NotGiven(_("“%(code)s” is not the code of a currency.") % {"code": currency})
    nomination.city_names = dict(city_names)
    nomination.region = region
    nomination.texts = {code: dict(said) for code, said in texts.items() if any(said.values())}
    nomination.budget = budget
    nomination.currency = currency.upper() if budget is not None else ""


def _check_sections(nomination: TitleNomination, codes: Any) -> None:
    known = {one["code"] for one in nomination.cycle.series.sections}
    for code in codes:
        if code not in known:
            raise NotGiven(_("The file has no section “%(code)s”.") % {"code": code})


def _require_open(cycle: TitleCycle) -> None:
    if cycle.state != TitleCycle.State.OPEN:
        raise WrongState(
            _("%(cycle)s is not open for nominations: %(state)s.")
            % {"cycle": cycle, "state": cycle.get_state_display()}
        )
    if cycle.closes_on and cycle.closes_on < clock.today():
        raise WrongState(_("The last day for nominations has passed."))


def _locked_draft(nomination: TitleNomination) -> TitleNomination:
    held = (
        TitleNomination.objects.select_for_update(of=("self",))
        .select_related("cycle__series", "country", "party")
        .get(pk=nomination.pk)
    )
    if held.state not in OPEN_TO_CHANGES:
        raise WrongState(
            _("The nomination of %(city)s was sent and does not change any more.") % {"city": held}
        )
    return held
