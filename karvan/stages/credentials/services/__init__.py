"""What is done to certificates. One function, one act, one transaction."""

from .changing import correct_credential, forget_holder, revoke_credential
from .issuing import Issued, issue_credential, issue_for_activity
from .keys import ensure_key, rotate_key
from .printing import print_certificate, signed_text

__all__ = [
    "Issued",
    "correct_credential",
    "ensure_key",
    "forget_holder",
    "issue_credential",
    "issue_for_activity",
    "print_certificate",
    "revoke_credential",
    "rotate_key",
    "signed_text",
]
