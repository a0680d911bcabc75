"""The key that signs: its public half in the register, its secret half never."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from .. import issuer, signing
from ..errors import NoSigningKey
from ..models import SigningKey


@transaction.atomic
def ensure_key(*, by: Person | None) -> SigningKey:
    """The register's row of the key in force, written down if it is new there.

    A new first key in CREDENTIAL_KEY or its file retires those before it. One query when
    nothing is new.

    Raises:
        NoSigningKey: there is no key, it cannot be read, or it was withdrawn.
    """
    key = issuer.signing_keys()[0]
    known = SigningKey.objects.filter(public_multibase=key.public.multibase).first()
    if known is not None:
        if known.retired_at is not None:
            raise NoSigningKey(_("The key in the settings is retired and signs nothing new."))
        return known
    SigningKey.objects.filter(retired_at__isnull=True).update(retired_at=clock.now())
    made = SigningKey.objects.create(
        name=f"key {SigningKey.objects.count() + 1}",
        public_multibase=key.public.multibase,
        created_at=clock.now(),
    )
    record("put to use", made, by=by, after={"public": made.public_multibase})
    return made


@transaction.atomic
def rotate_key(*, reason: str, by: Person | None, is_stolen: bool = False) -> SigningKey:
    """Make a new key, put it into the file and let it sign from now on; returns its row.

    The old one stays published, so that what it signed stays good, unless it was stolen:
    then it is withdrawn, and everything it signed must be issued again.

    Raises:
        NoSigningKey: the key comes from the environment and must be changed there, or the
            file cannot be written.
    """
    if settings.CREDENTIAL_KEY:
        raise NoSigningKey(_("The key is set in KARVAN_CREDENTIAL_KEY: put the new one there."))
    old = ensure_key(by=by)
    key = signing.make_key(did=issuer.did())
    made = SigningKey.objects.create(
        name=f"key {SigningKey.objects.count() + 1}",
        public_multibase=key.public.multibase,
        created_at=clock.now(),
    )
    old.retired_at, old.is_trusted = clock.now(), not is_stolen
    old.save(update_fields=["retired_at", "is_trusted"])
    after = {"public": made.public_multibase, "withdrawn": is_stolen}
    record(
        "put to use", made, by=by, reason=reason, before={"public": old.public_multibase},
        after=after,
    )  # fmt: skip
    _replace(Path(settings.CREDENTIAL_KEY_FILE), signing.private_pem(key))
    return made


def _replace(path: Path, pem: bytes) -> None:
    """Write the file whole or not at all, readable by the service alone.

    It is the last step of the act: should the transaction fail after it, `ensure_key`
    writes the row anew from the file.
    """
    beside = path.with_suffix(".new")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(pem)
        beside.replace(path)
    except OSError:
        raise NoSigningKey(_("The file of the key cannot be written.")) from None
