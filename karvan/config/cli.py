"""The ``karvan`` command: everything that those who run Karvan need, in one place."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command, execute_from_command_line
from django.db import DatabaseError

from .console import Trouble, say
from .keyfiles import ensure_secret

ROOT = Path(__file__).resolve().parents[2]
OK, WRONG, NOT_STARTED = 0, 1, 2
INTERRUPTED = 130  # what a shell expects after Ctrl-C


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 something is wrong, 2 could not start."""
    gc.set_threshold(20_000, 20, 20)  # what is loaded stays: looking through it took a quarter
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["manage"]:
        _set_up_environment()
        execute_from_command_line(["karvan manage", *given[1:]])
        return OK
    asked = _parser().parse_args(given)
    try:
        code: int = asked.run(asked)
    except (Trouble, ImproperlyConfigured, CommandError) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return NOT_STARTED
    except DatabaseError as broken:
        first = str(broken).strip().splitlines()[0]
        sys.stderr.write(f"The database refused: {first}\nSee what is wrong with: karvan doctor\n")
        return NOT_STARTED
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return INTERRUPTED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="karvan", description="Runs a cooperation programme. The data lie in KARVAN_DATA."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _serving_commands(commands)
    _init_command(commands)
    _copy_commands(commands)
    _selection_commands(commands)
    _add(commands, "doctor", _doctor, "look at everything Karvan stands on, and say how to mend it")
    _add(commands, "worker", _worker, "send letters and do background work (serve runs one itself)")
    _add(commands, "verify-records", _verify, "check that nobody changed the record of acts")
    _add(commands, "manage", _doctor, "Django's own commands: karvan manage COMMAND …")
    return parser


def _add(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], words: str
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    command.set_defaults(run=run)
    return command


def _serving_commands(commands: Any) -> None:
    serve = _add(commands, "serve", _serve, "serve the platform, with its worker")
    demo = _add(commands, "demo", _demo, "serve an invented world to look around in")
    for command in (serve, demo):
        command.add_argument("--host", default="127.0.0.1", help="address to listen on")
        command.add_argument("--port", type=int, default=8000, help="port to listen on")
    serve.add_argument("--workers", type=int, choices=(1, 2), default=2, help="web processes")
    serve.add_argument("--migrate", action="store_true", help="bring the database up to date first")
    demo.add_argument("--no-serve", action="store_true", help="prepare everything, then end")


def _init_command(commands: Any) -> None:
    init = _add(commands, "init", _init, "prepare a new installation; asks for what is not given")
    init.add_argument(
        "--organisation",
        action="append",
        default=[],
        metavar="NAME[:KIND]",
        help="an organisation and its kind; may be given several times",
    )
    init.add_argument("--email", default="", help="the administrator's e-mail address")
    init.add_argument("--name", default="", help="the administrator's full name")
    init.add_argument("--language", default="en", choices=("en", "fr", "ar", "az"))
    init.add_argument(
        "--password-stdin", action="store_true", help="read a password from standard input"
    )


def _copy_commands(commands: Any) -> None:
    backup = _add(commands, "backup", _backup, "write database, files and keys into one archive")
    backup.add_argument("file", type=Path)
    backup.add_argument("--portable", action="store_true", help="for another kind of database")
    restore = _add(commands, "restore", _restore, "put a backup back; the old state is kept aside")
    restore.add_argument("file", type=Path)
    restore.add_argument("--replace", action="store_true", help="even where there are people")


def _selection_commands(commands: Any) -> None:
    words = "look at documents of selections; needs no database"
    inner = commands.add_parser("selection", help=words, description=words).add_subparsers(
        required=True, metavar="ACT"
    )
    replay = _add(inner, "replay", _replay, "choose again from a document: is it the same answer?")
    replay.add_argument("file", type=Path)
    replay.add_argument("--list", action="store_true", help="list who is chosen, best first")


def _set_up_environment() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "karvan.config.settings")


def _module(name: str) -> Any:
    """A module of the wiring that needs Django, which starts here and not for ``--help``."""
    _set_up_environment()
    django.setup()
    return import_module(f"karvan.config.{name}")


def _data() -> Path:
    return Path(os.environ.get("KARVAN_DATA") or ROOT / "var")


def _serve(asked: argparse.Namespace) -> int:
    code: int = _module("serving").serve(
        host=asked.host, port=asked.port, workers=asked.workers, migrate=asked.migrate
    )
    return code


def _demo(asked: argparse.Namespace) -> int:
    os.environ["KARVAN_DATA"] = os.environ.get("KARVAN_DATA") or str(ROOT / "var" / "demo")
    os.environ["KARVAN_DEMO"] = "yes"
    os.environ.setdefault("KARVAN_ADDRESS", f"http://127.0.0.1:{asked.port}")
    ensure_secret(_data())
    code: int = _module("demonstration").demonstrate(
        host=asked.host, port=asked.port, serves=not asked.no_serve
    )
    return code


def _worker(asked: argparse.Namespace) -> int:
    code: int = _module("worker").work()
    return code


def _init(asked: argparse.Namespace) -> int:
    ensure_secret(_data())
    initial = _module("initial")
    password = sys.stdin.readline().strip() if asked.password_stdin else ""
    organisations = asked.organisation or [initial.ask("Name of your organisation", "")]
    initial.begin(
        initial.Beginning(
            organisations=tuple(_named(given) for given in organisations),
            email=initial.ask("The administrator's e-mail address", asked.email),
            name=initial.ask("The administrator's full name", asked.name),
            language=asked.language,
            password=password,
        )
    )
    return OK


def _named(given: str) -> tuple[str, str]:
    """Name and kind of "Ministry of Youth:ministry"; an organisation where no kind is told."""
    name, _colon, kind = given.rpartition(":")
    return (name, kind) if name else (given, "organisation")


def _backup(asked: argparse.Namespace) -> int:
    done = _module("backup").make_backup(asked.file, portable=asked.portable)
    size = done.path.stat().st_size // 1024
    say(f"Written and read back: {done.path} ({done.files} files, {size:,} kB). It holds the keys.")
    for name in done.missing:
        say(f"  missing or changed on the disk: {name}")
    return WRONG if done.missing else OK


def _restore(asked: argparse.Namespace) -> int:
    ensure_secret(_data())
    done = _module("restore").restore_backup(asked.file, replace=asked.replace)
    say(
        f"Restored the backup of {done.manifest.made_at}: {done.files} files, "
        f"{done.records} records, none broken."
    )
    if done.kept_at:
        say(f"What was there before is kept under {done.kept_at}.")
    return OK


def _doctor(asked: argparse.Namespace) -> int:
    findings = _module("doctor").examine()
    for one in findings:
        say(f"{'ok   ' if one.is_well else 'WRONG'}  {one.what:<14} {one.says}")
        if one.mend:
            say(f"                      → {one.mend}")
    wrong = sum(not one.is_well for one in findings)
    say(f"{wrong} of {len(findings)} are wrong." if wrong else f"All {len(findings)} are well.")
    return WRONG if wrong else OK


def _replay(asked: argparse.Namespace) -> int:
    replaying = import_module("karvan.config.replaying")
    return OK if replaying.replay_file(asked.file, lists_all=asked.list) else WRONG


def _verify(asked: argparse.Namespace) -> int:
    _module("console")
    try:
        call_command("verify_records")
    except CommandError as broken:
        sys.stderr.write(f"{broken}\n")
        return WRONG
    broken_seals = import_module("karvan.stages.selection.sealing").broken_seals()
    for run, faults in broken_seals:
        sys.stderr.write(f"{run.scope} run {run.number}: {' '.join(faults)}\n")
    return WRONG if broken_seals else OK


if __name__ == "__main__":
    sys.exit(main())
