"""The certificate as a PDF, from the words that were kept when it was issued."""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from karvan.foundation.ui.sheets import MissingGlyphs

from .. import issuer
from ..errors import NotPrintable
from ..models import Credential
from ..paper import Certificate, render_certificate
from ..wording import text_from


def signed_text(credential: Credential) -> bytes:
    """The credential as it is served and as it lies in the PDF, byte for byte.

    Keys are sorted, since databases keep a document's keys in orders of their own.
    """
    text = json.dumps(credential.document, ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode("utf-8")


def print_certificate(credential: Credential) -> bytes:
    """The certificate in its one or two languages; equal on every call. About 0.1 s.

    Raises:
        NotPrintable: its name holds a letter our fonts do not have, it was revoked, or its
            holder was erased.
    """
    if credential.revoked_at is not None:
        raise NotPrintable(_("This certificate was revoked. It is no longer valid."))
    if credential.is_forgotten:
        raise NotPrintable(_("This certificate's text was erased at its holder's wish."))
    paper = credential.paper
    certificate = Certificate(
        number=credential.number,
        verify_url=issuer.verify_url(credential.number),
        issued_at=credential.issued_at,
        credential=signed_text(credential),
        carpet=paper["carpet"],
        texts={language: text_from(values) for language, values in paper["texts"].items()},
    )
    try:
        return render_certificate(certificate, languages=paper["languages"])
    except MissingGlyphs as missing:
        letters = " ".join(missing.characters)
        raise NotPrintable(
            _("The name holds letters that cannot be printed: %(letters)s") % {"letters": letters}
        ) from missing
