"""Everything that the certificates of one activity share, made ready once and used for each."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count

from karvan.foundation import clock
from karvan.foundation.people.access import holds
from karvan.foundation.people.models import Party, Person
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity, EditionPartner
from karvan.stages.editions.queries import document_of

from .. import issuer, signing
from ..models import Credential, SigningKey, StatusList
from ..wording import (
    MOST_ISSUERS,
    Setting,
    achievement_of,
    names_by_script,
    paper_languages,
    paper_text,
)
from .keys import ensure_key

# Digits and letters nobody mistakes for one another when reading aloud.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LETTERS_A_NUMBER = 6


@dataclass
class Press:
    """Makes credentials of one activity, signed but not saved."""

    setting: Setting
    row: SigningKey
    key: signing.SigningKey
    status_list: StatusList
    taken: set[int]
    at: datetime
    carpet: list[list[int]]
    achievements: dict[str, signing.Achievement] = field(default_factory=dict)

    def make(
        self,
        enrolment: Enrolment,
        *,
        kind: str,
        basis: Mapping[str, Any],
        name: str,
        corrects: Credential | None = None,
    ) -> Credential:
        """One credential, its text signed. About 25 ms, nearly all of it the signature."""
        number = new_number(self.at)
        index = signing.choose_index(
            self.taken, below=secrets.randbelow, length=self.status_list.size
        )
        self.taken.add(index)
        names = names_by_script(enrolment.person, name)
        return Credential(
            number=number,
            enrolment=enrolment,
            activity=self.setting.activity,
            person=enrolment.person,
            kind=kind,
            name_on_paper=name,
            names_on_paper=names,
            basis=dict(basis),
            paper=self._paper(kind, names, name),
            key=self.row,
            status_list=self.status_list,
            status_index=index,
            document=self._signed(enrolment.person, number, index, kind, name, corrects),
            issued_at=self.at,
            corrects=corrects,
        )

    def _signed(
        self,
        person: Person,
        number: str,
        index: int,
        kind: str,
        name: str,
        corrects: Credential | None,
    ) -> dict[str, Any]:
        salt = secrets.token_hex(16)
        email = person.email or ""
        document = signing.build_credential(
            self._achievement(kind),
            id=issuer.credential_url(number),
            issuer=self._issuer(),
            subject=signing.Subject(signing.hash_identity(email, salt=salt), salt, name),
            valid_from=self.at,
            status=signing.StatusEntry(issuer.status_url(self.status_list.number), index),
        )
        if not email:  # a hash of nothing would let anybody without an address claim it
            subject = document["credentialSubject"]
            subject["identifier"] = [
                one for one in subject["identifier"] if one["identityType"] != "emailAddress"
            ]
        if corrects is not None:
            document["description"] = f"Corrects and replaces {corrects.number}."
        return signing.sign(document, key=self.key, created=self.at)

    def _achievement(self, kind: str) -> signing.Achievement:
        if kind not in self.achievements:
            edition = self.setting.edition
            self.achievements[kind] = achievement_of(
                self.setting.design,
                programme=edition.programme.code,
                activity=self.setting.activity.code,
                number=edition.blueprint.number,
                kind=kind,
            )
        return self.achievements[kind]

    def _issuer(self) -> signing.Issuer:
        owner = self.setting.parties[0]
        name = owner.names.get("en") or str(owner)
        return signing.Issuer(issuer.did(), name, owner.website)

    def _paper(self, kind: str, names: Mapping[str, str], name: str) -> dict[str, Any]:
        listed = paper_languages(self.setting.edition)
        texts = {
            language: paper_text(
                self.setting, kind=kind, names=names, name=name, at=self.at, language=language
            )
            for language in listed
        }
        return {"languages": listed, "texts": texts, "carpet": self.carpet}


def press_for(activity: Activity, *, by: Person | None) -> Press:
    """The press of an activity, with its status list locked until the transaction ends.

    Raises:
        NoSigningKey: there is nothing to sign with.
    """
    activity = Activity.objects.select_related(
        "edition__programme__owner", "edition__country", "edition__blueprint"
    ).get(pk=activity.pk)
    row = ensure_key(by=by)
    status_list, taken = _status_list()
    return Press(
        setting=_setting(activity, by),
        row=row,
        key=issuer.signing_keys()[0],
        status_list=status_list,
        taken=taken,
        at=clock.now(),
        carpet=_carpet(activity),
    )


def new_number(at: datetime) -> str:
    """A number nobody has yet: "KC-2021-7Q2M9X". One query."""
    while True:
        drawn = "".join(secrets.choice(LETTERS) for _place in range(LETTERS_A_NUMBER))
        number = f"KC-{at.year}-{drawn}"
        if not Credential.objects.filter(number=number).exists():
            return number


def _status_list() -> tuple[StatusList, set[int]]:
    """The newest list and its taken indexes; a new one once half of it is taken."""
    listed = StatusList.objects.select_for_update().order_by("-number").first()
    if listed is None:
        return StatusList.objects.create(number=1, size=signing.SMALLEST_LIST), set()
    taken = set(listed.credentials.values_list("status_index", flat=True))
    if 2 * len(taken) >= listed.size:
        return StatusList.objects.create(number=listed.number + 1, size=listed.size), set()
    return listed, taken


def _setting(activity: Activity, by: Person | None) -> Setting:
    edition = activity.edition
    hosts = edition.partners.filter(part=EditionPartner.Part.HOST).select_related("party")
    parties: list[Party] = [edition.programme.owner]
    parties += [one.party for one in hosts if one.party not in parties]
    venue = edition.venues.order_by("pk").first()
    offices = ("coordinator", "officer", "administrator")
    return Setting(
        activity=activity,
        design=document_of(edition),
        parties=parties[:MOST_ISSUERS],
        city=venue.city if venue else "",
        signed_by=by,
        office=next((kind for kind in offices if holds(by, [kind], activity.scope)), ""),
    )


def _carpet(activity: Activity) -> list[list[int]]:
    """The edition in numbers, a row an activity: sessions, participants, places, first day."""
    rows = activity.edition.activities.order_by("position", "pk").annotate(
        session_count=Count("sessions", distinct=True),
        participants=Count("enrolments", distinct=True),
    )
    found = []
    for one in rows:
        first = one.actual_starts_on or one.planned_starts_on
        day = first.timetuple().tm_yday if first else 0
        found.append([one.session_count, one.participants, one.places or 0, day])
    return found
