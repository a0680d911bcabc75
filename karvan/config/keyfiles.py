"""The two secrets in the data folder, readable by nobody else. No Django here: they come before it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

SECRET_FILE = "secret-key"  # noqa: S105 -- a file's name
CREDENTIAL_FILE = "credential-key.pem"


def write_private(path: Path, data: bytes) -> None:
    """Write a new file with mode 0600.

    Raises:
        FileExistsError: there is one; a key is never overwritten.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(data)


def ensure_secret(data: Path) -> bool:
    """Make the secret key where neither file nor variable gives one; returns whether it did."""
    path = data / SECRET_FILE
    if os.environ.get("KARVAN_SECRET_KEY") or path.exists():
        return False
    write_private(path, f"{secrets.token_urlsafe(64)}\n".encode())
    return True
