"""Who signs here: the domain, its did:web name, the key in the settings, and public addresses.

Addresses inside signed documents are always https, since did:web is resolved in no other way;
what people click on is the site's own address, which a trial on one machine has without it.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from karvan.stages.credentials import signing

from .errors import NoSigningKey
from .paper.certificate import VERIFY_STARTS


def domain() -> str:
    """The site's host, with its port if it has one: `localhost:8000`."""
    return urlsplit(settings.SITE_ADDRESS).netloc.lower()


def did() -> str:
    """The issuer's name, `did:web:…`.

    Raises:
        ValueError: the site's address has no host name did:web can carry.
    """
    return signing.did_for_domain(domain())


def address(path: str) -> str:
    """An https address of this site, as signed documents name it; `path` begins with a slash."""
    return f"https://{domain()}{path}"


def status_url(number: int) -> str:
    """Where the signed status list of this number is served."""
    return address(f"/credentials/status/{number}")


def credential_url(number: str) -> str:
    """Where the credential is served as signed; its own id."""
    return address(f"/credentials/{number}.json")


def verify_url(number: str) -> str:
    """The short address in the code on paper."""
    path = f"/v/{number}"
    clicked = f"{settings.SITE_ADDRESS}{path}"
    return clicked if clicked.startswith(VERIFY_STARTS) else address(path)


def signing_keys(*, under: str = "") -> tuple[signing.SigningKey, ...]:
    """The keys in CREDENTIAL_KEY or CREDENTIAL_KEY_FILE; the first signs. `under` is another DID.

    Raises:
        NoSigningKey: there is none, or it cannot be read.
    """
    pem: str | bytes = settings.CREDENTIAL_KEY
    if not pem:
        try:
            pem = Path(settings.CREDENTIAL_KEY_FILE).read_bytes()
        except OSError:
            raise NoSigningKey(
                _("There is no key to sign certificates with. Run “karvan init” on the server.")
            ) from None
    try:
        return signing.load_keys(pem, did=under or did())
    except (ValueError, TypeError):
        raise NoSigningKey(_("The key that signs certificates cannot be read.")) from None
