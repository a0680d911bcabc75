"""``karvan doctor``: each thing the platform stands on, right or wrong, and how to mend it."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.mail import get_connection
from django.db import Error, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

import karvan.foundation.ui
from karvan.foundation.files.storing import free_bytes
from karvan.foundation.messages.models import Message
from karvan.foundation.people.queries import administrators
from karvan.foundation.web.health import HEARTBEAT_FILE, WORKER_IS_LATE_AFTER
from karvan.stages.selection.sealing import broken_seals

from .tables import pending_migrations

FONTS = (
    "plex/IBMPlexSans-Regular.ttf",
    "plex/IBMPlexSans-Bold.ttf",
    "amiri/Amiri-Regular.ttf",
    "amiri/Amiri-Bold.ttf",
)
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor; ``mend`` is empty when all is well."""

    what: str
    says: str
    mend: str = ""

    @property
    def is_well(self) -> bool:
        return not self.mend


class _Wrong(Exception):
    """Found by one look: what is wrong, and how to mend it."""

    def __init__(self, says: str, mend: str) -> None:
        super().__init__(says)
        self.says, self.mend = says, mend


def examine() -> list[Finding]:
    """All findings, in the order in which to mend them. Changes nothing; cost: about a second."""
    return [_finding(what, look) for what, look in LOOKS]


def _finding(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, look())
    except _Wrong as wrong:
        return Finding(what, wrong.says, wrong.mend)
    except Exception as broken:  # a look that breaks is a finding, not the end of the others
        return Finding(what, f"{type(broken).__name__}: {broken}", "Mend what is above it first.")


def _settings() -> str:
    wrong = [check for check in run_checks() if check.level >= ERROR]
    if wrong:
        raise _Wrong(f"{len(wrong)} errors: {wrong[0].msg}", wrong[0].hint or "karvan manage check")
    return "no error"


def _secret() -> str:
    key = settings.SECRET_KEY
    if len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure"):
        raise _Wrong(
            "the secret key is short or known",
            f"Remove {settings.SECRET_FILE} and KARVAN_SECRET_KEY, then run: karvan init",
        )
    path = Path(settings.SECRET_FILE)
    if path.exists() and path.stat().st_mode & 0o077:
        raise _Wrong(f"others on this machine can read {path}", f"chmod 600 {path}")
    return "long, and nobody else's"


def _debug() -> str:
    if settings.DEBUG:
        raise _Wrong("debugging shows the inside to everybody", "Unset KARVAN_DEBUG.")
    return "off"


def _address() -> str:
    address = settings.SITE_ADDRESS
    if not address.startswith("https://") and not _is_local(address):
        raise _Wrong(f"{address} is not encrypted", "Set KARVAN_ADDRESS to the https:// address.")
    return str(address)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as broken:
        raise _Wrong(
            str(broken).strip().splitlines()[0],
            "Check DATABASE_URL, and that the database runs and takes this user.",
        ) from broken
    return f"{connection.vendor} answers"


def _migrations() -> str:
    if pending := pending_migrations():
        raise _Wrong(f"{pending} changes are missing", "karvan manage migrate")
    return "as this version wants it"


def _pragmas() -> str:
    if connection.vendor != "sqlite":
        return "not SQLite"
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with connection.cursor() as cursor:
        for name, value in wanted.items():
            (found,) = cursor.execute(f"PRAGMA {name}").fetchone()
            if found != value:
                raise _Wrong(
                    f"{name} is {found}, not {value}",
                    "Put the data folder on a local disk; a network disk cannot do this.",
                )
        (answer,) = cursor.execute("PRAGMA quick_check(1)").fetchone()
    if answer != "ok":
        raise _Wrong(f"the database is damaged: {answer}", "karvan restore --replace FILE")
    return "WAL, full durability, foreign keys, sound"


def _administrator() -> str:
    if not administrators().exists():
        raise _Wrong("nobody can give roles", "karvan init")
    return "there is one"


def _storage() -> str:
    try:
        name = default_storage.save("health/doctor", ContentFile(b"karvan"))
        default_storage.delete(name)
    except Exception as broken:  # every storage has errors of its own
        raise _Wrong(
            f"takes no file: {broken}",
            f"Let the user of Karvan write to {settings.MEDIA_ROOT}, or check KARVAN_S3_….",
        ) from broken
    return "takes and gives up files"


def _room() -> str:
    if not isinstance(default_storage, FileSystemStorage):
        return "files lie in a bucket"
    free = free_bytes(Path(default_storage.location))
    if free < 2 * settings.MIN_FREE_BYTES:
        raise _Wrong(
            f"{free // MEGABYTE} MB free; uploads stop at {settings.MIN_FREE_BYTES // MEGABYTE} MB",
            "Make room on that disk.",
        )
    return f"{free // MEGABYTE:,} MB free"


def _fonts() -> str:
    folder = Path(karvan.foundation.ui.__file__).parent / "fonts"
    missing = [name for name in FONTS if not (folder / name).exists()]
    if missing:
        raise _Wrong(
            f"missing: {', '.join(missing)}", "Install Karvan again; certificates need them."
        )
    return f"{len(FONTS)} for certificates"


def _zones() -> str:
    try:
        moment = datetime(2026, 7, 1, 12, tzinfo=UTC).astimezone(ZoneInfo("Asia/Baku"))
    except ZoneInfoNotFoundError as missing:
        raise _Wrong(str(missing), "Install the Python package tzdata.") from missing
    if moment.hour != 16:
        raise _Wrong("Baku's time is wrong", "Bring the Python package tzdata up to date.")
    return "known, and right for Baku"


def _mail() -> str:
    backend = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if backend != "smtp":
        if settings.DEMO or settings.DEBUG:
            return f"letters are kept, not sent ({backend})"
        raise _Wrong(
            f"letters are not sent to anybody ({backend})",
            "Set KARVAN_MAIL_HOST and the other KARVAN_MAIL_… variables.",
        )
    post = get_connection()
    try:
        post.open()
        post.close()
    except (OSError, smtplib.SMTPException) as broken:
        raise _Wrong(
            f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} refused: {broken}",
            "Check the KARVAN_MAIL_… variables, and that this machine may reach that server.",
        ) from broken
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} answers"


def _letters() -> str:
    count = Message.objects.filter(state__in=["failed", "uncertain"]).count()
    if count:
        raise _Wrong(f"{count} failed or are uncertain", "Open Letters and decide about each.")
    return "none failed"


def _seals() -> str:
    broken = broken_seals()
    if broken:
        run, faults = broken[0]
        raise _Wrong(
            f"{len(broken)} do not hold, first {run.scope} run {run.number}: {faults[0]}",
            "Somebody changed a signed selection in the database: put back a backup and compare.",
        )
    return "those of signed selections hold"


def _worker() -> str:
    path = Path(settings.DATA) / HEARTBEAT_FILE
    age = time.time() - path.stat().st_mtime if path.exists() else None
    if age is None or age > WORKER_IS_LATE_AFTER.total_seconds():
        seen = "does not run" if age is None else f"was last seen {int(age / 60)} minutes ago"
        raise _Wrong(seen, "karvan serve runs one; alone: karvan worker")
    return "alive"


def _tasks() -> str:
    hour_ago = timezone.now() - timedelta(hours=1)
    stuck = DBTaskResult.objects.ready().filter(enqueued_at__lt=hour_ago).count()
    failed = DBTaskResult.objects.failed().count()
    if stuck or failed:
        raise _Wrong(
            f"{stuck} wait for over an hour, {failed} failed",
            "Look at the worker's log; failed work is told there with its reason.",
        )
    return "nothing waits long, nothing failed"


def _is_local(address: str) -> bool:
    return any(host in address for host in ("//127.0.0.1", "//localhost", "//[::1]"))


LOOKS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("settings", _settings),
    ("secret key", _secret),
    ("debugging", _debug),
    ("address", _address),
    ("database", _database),
    ("tables", _migrations),
    ("SQLite", _pragmas),
    ("administrator", _administrator),
    ("storage", _storage),
    ("room", _room),
    ("fonts", _fonts),
    ("time zones", _zones),
    ("mail", _mail),
    ("letters", _letters),
    ("seals", _seals),
    ("worker", _worker),
    ("work", _tasks),
)
