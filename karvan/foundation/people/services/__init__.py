"""What is done to persons, roles and parties. One function, one act, one transaction."""

from .links import make_sign_in_token, person_of_token, use_sign_in_token
from .parties import change_party, change_party_logo, create_party
from .persons import change_names, change_own_names, create_person
from .roles import grant_role, withdraw_role

__all__ = [
    "change_names",
    "change_own_names",
    "change_party",
    "change_party_logo",
    "create_party",
    "create_person",
    "grant_role",
    "make_sign_in_token",
    "person_of_token",
    "use_sign_in_token",
    "withdraw_role",
]
