"""Is this certificate good? The proof is computed again each time; nothing is remembered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation import clock

from . import issuer, queries, signing
from .errors import NoSigningKey, NotReadable
from .models import Credential
from .publishing import own_status, resolver
from .signing import Problem, Verification
from .signing.bounds import LARGEST_DOCUMENT
from .signing.proofs import issuer_of
from .signing.times import moment


class State(StrEnum):
    """What is said of a certificate in a word."""

    VALID = "valid"
    REVOKED = "revoked"
    CORRECTED = "corrected"
    EXPIRED = "expired"
    ALTERED = "altered"
    FOREIGN = "foreign"
    UNCERTAIN = "uncertain"
    ERASED = "erased"

    @property
    def word(self) -> Promise:
        return WORDS[self]

    @property
    def tone(self) -> str:
        return TONES.get(self, "bad")

    @property
    def is_signed(self) -> bool:
        """True where our signature holds, so that what the text says may be shown as said by us."""
        return self not in (State.ALTERED, State.FOREIGN, State.ERASED)


WORDS: dict[State, Promise] = {
    State.VALID: gettext_lazy("This certificate is genuine and valid."),
    State.REVOKED: gettext_lazy("This certificate was revoked. It is no longer valid."),
    State.CORRECTED: gettext_lazy("This certificate was replaced by a corrected one."),
    State.EXPIRED: gettext_lazy("This certificate is genuine, but its validity has ended."),
    State.ALTERED: gettext_lazy("This is not a certificate as we issued it."),
    State.FOREIGN: gettext_lazy("This certificate was issued by somebody else."),
    State.UNCERTAIN: gettext_lazy("The signature is genuine, but its status is not certain."),
    State.ERASED: gettext_lazy("This certificate's text was erased at its holder's wish."),
}
TONES = {
    State.VALID: "good",
    State.EXPIRED: "wait",
    State.UNCERTAIN: "wait",
    State.FOREIGN: "wait",
    State.ERASED: "wait",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. `credential` is the row of ours it is, if it is one."""

    state: State
    verification: Verification | None
    document: Mapping[str, Any]
    credential: Credential | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.verification.problems if self.verification else ()


@dataclass(frozen=True, slots=True)
class Read:
    """What a signed document says, for a page; only to be shown when its signature holds."""

    name: str
    achievement: str
    issuer: str
    valid_from: datetime | None


def check_credential(credential: Credential) -> Checked:
    """One of our own certificates, its proof and status computed now. About 30 ms."""
    if credential.is_forgotten:
        return Checked(State.ERASED, None, {}, credential)
    return check_document(credential.document)


def check_document(document: Mapping[str, Any]) -> Checked:
    """A credential somebody holds, against our keys and lists. Never raises for a bad one.

    A document signed under a former address of this site is still ours if the register
    holds it exactly so.
    """
    credential = queries.document_by_id(document.get("id"))
    if credential is not None and credential.document != document:
        credential = None
    named = str(issuer_of(document) or "")
    if named != issuer.did() and credential is None:
        return Checked(State.FOREIGN, None, document, None)

    def listed(address: str) -> Mapping[str, Any] | None:
        try:
            return own_status({"statusListCredential": address}, did=named)
        except NoSigningKey:
            return None

    found = signing.verify(
        document, resolve_key=resolver(named), status_list=listed, now=clock.now()
    )
    return Checked(_state(found, credential), found, document, credential)


def _state(found: Verification, credential: Credential | None) -> State:
    if not found.signature:
        return State.ALTERED
    if found.revoked:
        replaced = credential is not None and hasattr(credential, "corrected_by")
        return State.CORRECTED if replaced else State.REVOKED
    if found.expired:
        return State.EXPIRED
    return State.VALID if found.valid else State.UNCERTAIN


def read_text(text: str | bytes) -> dict[str, Any]:
    """The credential in a pasted or uploaded text.

    Raises:
        NotReadable: it is too long, or not one JSON object.
    """
    if len(text) > LARGEST_DOCUMENT:
        raise NotReadable(_("This is larger than any certificate of ours."))
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise NotReadable(
            _("This is not a credential file. It begins with { and ends with }.")
        ) from None
    if not isinstance(found, dict):
        raise NotReadable(_("This is not a credential file. It begins with { and ends with }."))
    return found


def what_it_says(document: Mapping[str, Any]) -> Read:
    """The name, the achievement, the issuer and the date in a document whose signature holds."""
    subject = document["credentialSubject"]
    names = [one for one in subject["identifier"] if one["identityType"] == "name"]
    return Read(
        name=names[0]["identityHash"] if names else "",
        achievement=document["name"],
        issuer=document["issuer"]["name"],
        valid_from=moment(document["validFrom"]),
    )


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
