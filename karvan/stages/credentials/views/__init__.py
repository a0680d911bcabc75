"""Screens of certificates: for whoever checks one, for who holds one, for who issues them."""

from .holders import mine, own_paper, own_text, paper
from .issuing import activity, edition, issue_all, issue_one
from .records import correct, credential, revoke, staff_paper
from .verifying import check, verify

__all__ = [
    "activity",
    "check",
    "correct",
    "credential",
    "edition",
    "issue_all",
    "issue_one",
    "mine",
    "own_paper",
    "own_text",
    "paper",
    "revoke",
    "staff_paper",
    "verify",
]
