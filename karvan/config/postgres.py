"""PostgreSQL's own tools, asked without a password on the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from .console import Trouble


def has_tools() -> bool:
    """True if pg_dump and pg_restore are here."""
    return bool(shutil.which("pg_dump") and shutil.which("pg_restore"))


def dump(target: Path) -> None:
    """Write pg_dump's own format, as of one moment.

    Raises:
        Trouble: pg_dump refused, for example because it is older than the server.
    """
    _run(["pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={target}"])


def restore(source: Path) -> None:
    """Put a dump into the (empty) database, all or none."""
    name = str(connection.settings_dict["NAME"])
    _run(["pg_restore", "--no-owner", "--no-acl", "--single-transaction", "-d", name, str(source)])


def set_aside(label: str) -> None:
    """Keep what is there under another schema's name, and begin an empty one."""
    with connection.cursor() as cursor:
        kept = connection.ops.quote_name(label)
        cursor.execute(f"ALTER SCHEMA public RENAME TO {kept}")  # noqa: S608 -- our own name
        cursor.execute("CREATE SCHEMA public")
    connection.close()


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command, env={**os.environ, **_address()}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Trouble(f"{command[0]} refused: {done.stderr.strip()[-500:]}")


def _address() -> dict[str, str]:
    settings = connection.settings_dict
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    given = {variable: str(settings[key]) for variable, key in named.items() if settings.get(key)}
    return {**given, "PGDATABASE": str(settings["NAME"])}
