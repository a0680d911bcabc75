"""Read the request, call one service, pick a template."""

from .applicants import (
    application,
    call,
    code,
    mail_link,
    open_calls,
    own_file,
    save,
    start,
    withdraw,
)

__all__ = [
    "application",
    "call",
    "code",
    "mail_link",
    "open_calls",
    "own_file",
    "save",
    "start",
    "withdraw",
]
