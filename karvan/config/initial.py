"""``karvan init``: keys, places, the organisations, and the first administrator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify

from karvan.foundation.errors import RuleBroken
from karvan.foundation.people.models import Party, Person
from karvan.foundation.people.queries import administrators
from karvan.foundation.people.services import (
    create_party,
    create_person,
    grant_role,
    make_sign_in_token,
)
from karvan.foundation.places.services import load_places
from karvan.foundation.records.services import record
from karvan.stages.credentials.signing.keys import make_key, private_pem

from .console import Trouble, say
from .keyfiles import write_private
from .tables import prepare_tables


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new installation is told. ``organisations`` are (name, kind), the host's first."""

    organisations: tuple[tuple[str, str], ...]
    email: str
    name: str
    language: str = "en"
    password: str = ""


def begin(beginning: Beginning) -> Person:
    """Prepare the database, the keys and the first rows; returns the administrator.

    Prints a link that signs the administrator in once where no password is given.

    Raises:
        Trouble: something given is not possible, or there is an administrator already.
    """
    _check(beginning)
    prepare_tables()
    if administrators().exists():
        raise Trouble("This installation has an administrator already; init is for a new one.")
    make_credential_key()
    try:
        person = _first_rows(beginning)
    except RuleBroken as broken:
        raise Trouble(str(broken)) from broken
    say(f"Ready. Administrator: {person.full_name} <{person.email}>")
    if not beginning.password:
        with translation.override(person.language):
            path = reverse("sign_in_link", args=[make_sign_in_token(person)])
        say(f"Sign in once with: {settings.SITE_ADDRESS}{path}")
    say("Start with: karvan serve")
    return person


def ask(question: str, answer: str, *, read: Callable[[str], str] = input) -> str:
    """The answer given on the command line, else the one typed now.

    Raises:
        Trouble: there is nobody to type one.
    """
    try:
        return answer.strip() or read(f"{question}: ").strip()
    except EOFError as nobody:
        raise Trouble(
            "There is nobody to ask. Give --organisation, --email and --name."
        ) from nobody


def make_credential_key() -> bool:
    """Make the key that signs credentials, if neither variable nor file gives one."""
    path = Path(settings.CREDENTIAL_KEY_FILE)
    if settings.CREDENTIAL_KEY or path.exists():
        return False
    write_private(path, private_pem(make_key(did="did:web:localhost")))
    return True


@transaction.atomic
def _first_rows(beginning: Beginning) -> Person:
    load_places(by=None)
    for name, kind in beginning.organisations:
        create_party(
            code=slugify(name)[:40] or "organisation",
            kind=kind,
            names={beginning.language: name},
            by=None,
        )
    person = create_person(
        full_name=beginning.name, email=beginning.email, language=beginning.language, by=None
    )
    if beginning.password:
        person.set_password(beginning.password)
        person.save(update_fields=["password"])
        record("password_set", person, by=None)
    grant_role(person, kind="administrator", by=None)
    return person


def _check(beginning: Beginning) -> None:
    for _name, kind in beginning.organisations:
        if kind not in Party.Kind.values:
            raise Trouble(f"The kind of an organisation is one of: {', '.join(Party.Kind.values)}.")
    try:
        validate_email(beginning.email)
        if beginning.password:
            validate_password(
                beginning.password, Person(email=beginning.email, full_name=beginning.name)
            )
    except ValidationError as wrong:
        raise Trouble(" ".join(wrong.messages)) from wrong
    if not beginning.name.strip():
        raise Trouble("The administrator needs a name.")
