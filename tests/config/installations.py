"""Real installations in folders of their own, driven by the ``karvan`` command as people do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Installation:
    """A data folder and the commands run on it."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data, self.environment = data, environment

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "karvan.config.cli", *arguments]

    @property
    def surroundings(self) -> dict[str, str]:
        ours = ("KARVAN_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return {
            **kept,
            "KARVAN_DATA": str(self.data),
            "PYTHONPATH": str(ROOT),
            **self.environment,
        }

    def karvan(self, *arguments: str, code: int = 0, stdin: str = "") -> str:
        """Run one command to its end; returns what it said, after checking its exit code."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.surroundings,
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=180,
        )
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        return said

    def python(self, text: str) -> str:
        """Run lines of Python inside it; returns what they print."""
        return self.karvan("manage", "shell", "--no-imports", "-c", text).strip()

    def start(self, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            self.command(*arguments),
            env=self.surroundings,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def copy_to(self, folder: Path) -> Installation:
        shutil.copytree(self.data, folder)
        return Installation(folder, **self.environment)


def migrated(shared: Path) -> Path:
    """An SQLite database after all migrations, made once for all processes of a test run.

    Migrating takes many seconds. Whoever comes first makes it in a folder of its own and
    moves it to its name when it is whole; the others wait.
    """
    whole, begun = shared / "migrated.sqlite3", shared / "migrating"
    try:
        begun.mkdir()
    except FileExistsError:
        wait_for(whole.exists, seconds=400)
        return whole
    (begun / "data").mkdir()
    Installation(begun / "data", KARVAN_SECRET_KEY="only-for-this").karvan(
        "manage", "migrate", "--verbosity", "0"
    )
    (begun / "data" / "karvan.sqlite3").rename(whole)
    return whole


def made(data: Path, **environment: str) -> Installation:
    """A new installation with an administrator, a stored file and a letter."""
    installation = Installation(data, **environment)
    installation.karvan(
        *("init", "--organisation", "Forum", "--email", "admin@example.org", "--name", "Aynur"),
        "--password-stdin",
        stdin="a quite long password\n",
    )
    installation.python(FILLED)
    return installation


FILLED = """
from django.core.files.uploadedfile import SimpleUploadedFile
from karvan.foundation.files.services import store_upload
store_upload(SimpleUploadedFile("note.txt", b"kept words"), kinds=["text"], scope="", by=None)
"""


def wait_for(what, seconds=30.0):
    """Until ``what()`` is true; fails when it never is."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.1)
