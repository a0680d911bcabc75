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
from .applications import application_record, applications, duplicates, file
from .calls import cancel, draft, edition, extend, move, publish, record
from .imports import import_batch, imports, run_import
from .nominations import nominate, nomination, nominations, withdraw_nomination

__all__ = [
    "application",
    "application_record",
    "applications",
    "call",
    "cancel",
    "code",
    "draft",
    "duplicates",
    "edition",
    "extend",
    "file",
    "import_batch",
    "imports",
    "mail_link",
    "move",
    "nominate",
    "nomination",
    "nominations",
    "open_calls",
    "own_file",
    "publish",
    "record",
    "run_import",
    "save",
    "start",
    "withdraw",
    "withdraw_nomination",
]
