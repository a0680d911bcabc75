"""A country takes a published blueprint and makes it its own edition."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Party, Person
from karvan.foundation.places.models import Country
from karvan.foundation.records.services import record
from karvan.foundation.texts import in_language, language_name
from karvan.foundation.texts import languages as interface_languages
from karvan.stages.blueprints.models import Blueprint, Programme

from .. import queries
from ..errors import (
    AlreadyAdopted,
    BadCode,
    DesignContradicts,
    EditionThere,
    LanguageMissing,
    NotPublished,
    WrongState,
)
from ..models import Activity, Edition, EditionPartner
from ..wording import languages_to_choose
from .budgeting import give_lines
from .inviting import send_invitations
from .parties import NewParty, registered

_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*", re.ASCII)
_LONGEST_CODE = 16


@transaction.atomic
def adopt_blueprint(
    blueprint: Blueprint,
    *,
    country: Country,
    code: str,
    languages: Sequence[str],
    host: Party | NewParty,
    by: Person | None,
    despite: str = "",
    titles: Mapping[str, str] | None = None,
    time_zone: str | None = None,
    currency: str | None = None,
) -> Edition:
    """Begin an edition of a published blueprint in a country; returns it in the state "adopting".

    Makes its activities, its budget lines and its host, a party that is registered first if
    it is new. Title, time zone and currency come from the blueprint and the country unless
    given. ``despite`` is the reason for beginning it while another edition of the programme
    is under way there.

    Raises:
        NotPublished: the version is a draft.
        BadCode: the code is not capitals, digits and hyphens, such as "MA-2027".
        LanguageMissing: no language, or one that neither interface, blueprint nor country has.
        AlreadyAdopted: the programme has an edition of this code.
        EditionThere: another one is under way in the country, and no reason was given.
    """
    _check(blueprint, code, languages, country)
    programme = Programme.objects.select_for_update().get(pk=blueprint.programme_id)
    _refuse_second(programme, country, code, despite)
    party = registered(host, country=country, by=by) if isinstance(host, NewParty) else host
    edition = Edition.objects.create(
        programme=programme,
        blueprint=blueprint,
        country=country,
        code=code,
        slug=f"{programme.code}-{code}".lower(),
        scope=f"{programme.code}/{code}",
        titles=dict(titles or _titles(programme, country, code)),
        languages=list(languages),
        time_zone=time_zone or country.time_zone,
        currency=country.currency if currency is None else currency,
    )
    _add_activities(edition, blueprint.data)
    EditionPartner.objects.create(
        edition=edition, party=party, part=EditionPartner.Part.HOST, joined_on=clock.today()
    )
    after = {
        "version": blueprint.number,
        "country": country.code,
        "languages": list(languages),
        "host": party.code,
    }
    give_lines(edition)
    record("blueprint adopted", edition, by=by, after=after, reason=despite)
    return edition


@transaction.atomic
def finish_adoption(
    edition: Edition, *, by: Person | None, despite: str = "", invite: bool = False
) -> Edition:
    """Say that the edition is set up; from now on calls can be drafted.

    ``despite`` is the reason for finishing although the design contradicts itself;
    ``invite`` sends the invitations that were prepared.

    Raises:
        WrongState: it is not being adopted.
        DesignContradicts: departures do not fit the rest of the design, and no reason was given.
        RuleBroken: with ``invite``, what ``send_invitations`` refuses.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state != Edition.State.ADOPTING:
        raise WrongState(_("This edition has been adopted already."))
    problems = queries.contradictions(edition)
    if problems and not despite.strip():
        listed = "\n".join(str(one) for one in problems)
        raise DesignContradicts(
            _("The departures do not fit the rest of the design:\n%(problems)s")
            % {"problems": listed}
        )
    edition.state, edition.adopted_at = Edition.State.ADOPTED, clock.now()
    edition.save(update_fields=["state", "adopted_at"])
    after = {"state": edition.state, "left_unsettled": [one.path for one in problems]}
    record("adoption finished", edition, by=by, after=after, reason=despite)
    if invite:
        send_invitations(edition, by=by)
    return edition


@transaction.atomic
def change_languages(edition: Edition, *, languages: Sequence[str], by: Person | None) -> Edition:
    """Say in which languages the edition is held.

    Raises:
        LanguageMissing: none, or one that neither interface, blueprint nor country has.
        WrongState: the edition is over.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state in (Edition.State.CLOSED, Edition.State.CANCELLED):
        raise WrongState(_("This edition is over."))
    _check_languages(edition.blueprint, languages, edition.country)
    before = {"languages": edition.languages}
    edition.languages = list(languages)
    edition.save(update_fields=["languages"])
    record("languages changed", edition, by=by, before=before, after={"languages": languages})
    return edition


def _refuse_second(programme: Programme, country: Country, code: str, despite: str) -> None:
    """The programme's row is locked, so of two submits at once the later one comes here second."""
    taken = Edition.objects.filter(programme=programme, code=code).first()
    if taken:
        detail = {"code": code, "country": taken.country, "programme": programme.code}
        raise AlreadyAdopted(
            _("%(programme)s already has an edition %(code)s, in %(country)s.") % detail, taken
        )
    other = queries.under_way(programme, country).first()
    if other and not despite.strip():
        detail = {"edition": other, "code": other.code, "state": other.get_state_display()}
        raise EditionThere(
            _(
                "There is already an edition of this programme in the country: %(edition)s, "
                "%(code)s (%(state)s). To begin another all the same, say why."
            )
            % detail,
            other,
        )


def _check(blueprint: Blueprint, code: str, languages: Sequence[str], country: Country) -> None:
    if blueprint.state != Blueprint.State.PUBLISHED:
        raise NotPublished(_("A country adopts a published version; this one is a draft."))
    if not _CODE.fullmatch(code) or len(code) > _LONGEST_CODE:
        raise BadCode(_("An edition's code is capitals, digits and hyphens, such as MA-2027."))
    _check_languages(blueprint, languages, country)


def _check_languages(blueprint: Blueprint, languages: Sequence[str], country: Country) -> None:
    if not languages:
        raise LanguageMissing(_("Choose at least one language."))
    written = blueprint.data.get("languages", ())
    known = languages_to_choose(country.official_languages, written)
    unknown = [language_name(one) for one in languages if one not in known]
    if unknown:
        raise LanguageMissing(
            _(
                "An edition is held in languages of its country, of its blueprint or of this "
                "platform, not in: %(languages)s."
            )
            % {"languages": ", ".join(unknown)}
        )


def _titles(programme: Programme, country: Country, code: str) -> dict[str, str]:
    year = code.partition("-")[2]
    wanted = interface_languages()
    return {
        one: " ".join(
            part
            for part in (
                in_language(programme.titles, one) + ("،" if one == "ar" else ","),
                in_language(country.names, one),
                year,
            )
            if part
        )
        for one in wanted
    }


def _add_activities(edition: Edition, data: Mapping[str, Any]) -> None:
    Activity.objects.bulk_create(
        Activity(
            edition=edition,
            code=part["code"],
            format=part["format"],
            titles=part["title"],
            position=position,
            scope=f"{edition.scope}/{part['code']}",
            places=part.get("cohort", {}).get("max"),
        )
        for position, part in enumerate(data["activities"])
    )
