"""Views that belong to no stage, one module a noun."""

from .accounts import account, demo_sign_in, sign_in_link
from .errors import bad_request, csrf_failure, not_found, permission_denied, server_error
from .parties import change_party, new_party, parties, party, party_logo
from .people import grant_role, new_person, people, person, withdraw_role
from .status import health, robots

__all__ = [
    "account",
    "bad_request",
    "change_party",
    "csrf_failure",
    "demo_sign_in",
    "grant_role",
    "health",
    "new_party",
    "new_person",
    "not_found",
    "parties",
    "party",
    "party_logo",
    "people",
    "permission_denied",
    "person",
    "robots",
    "server_error",
    "sign_in_link",
    "withdraw_role",
]
