"""``karvan demo``: the platform with an invented world in it, in one command."""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import translation

from karvan.foundation.people.models import Person
from karvan.foundation.people.queries import one_demo_account_a_role

from .console import Trouble, say
from .initial import make_credential_key
from .serving import collect_static, ensure_port_is_free, run_tree
from .tables import pending_migrations, prepare_tables

LOADED = "demo-loaded"  # written when the world is whole; without it, it is made anew


def demonstrate(*, host: str, port: int, serves: bool) -> int:
    """Prepare the demo in its data folder and serve it; returns the exit code.

    A second start keeps what is there. A load that was cut off is set aside and made anew.
    """
    if serves:
        ensure_port_is_free(host, port)
    marker = Path(settings.DATA) / LOADED
    if not marker.exists():
        _set_aside_half_a_world()
    if pending_migrations():
        say("Preparing the database …")
        prepare_tables()
    make_credential_key()
    if not marker.exists():
        _load_world()
        marker.touch()
    collect_static()
    _tell(port)
    if not serves:
        return 0
    return run_tree(host=host, port=port, workers=1)


def _load_world() -> None:
    say("Loading the demo world …")
    try:
        call_command("load_demo")
    except CommandError as failed:
        raise Trouble(f"The demo world could not be loaded: {failed}") from failed


def _set_aside_half_a_world() -> None:
    """Rename what an interrupted load left, so that the new one starts from nothing."""
    if connection.vendor != "sqlite":
        if "people_person" in connection.introspection.table_names() and Person.objects.exists():
            raise Trouble("This database already holds people. The demo needs an empty one.")
        return
    database = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    if not database.exists():
        return
    stamp = time.strftime("%Y%m%d-%H%M%S")
    for path in (database, Path(f"{database}-wal"), Path(f"{database}-shm")):
        if path.exists():
            path.rename(path.with_name(f"{path.name}.{stamp}"))
    say(f"An unfinished demo was set aside (…{stamp}).")


def _tell(port: int) -> None:
    with translation.override("en"):
        say()
        here = f"http://127.0.0.1:{port}"
        say(f"  Karvan is at   {here}/en/")
        accounts = one_demo_account_a_role()
        if accounts:
            say(f"  Sign in at     {here}{reverse('account_login')} without a password, as one of:")
        for role, person in accounts:
            say(f"    {role.get_kind_display():<22} {person.full_name:<28} {person.email}")
        say("  Stop with Ctrl-C.")
        say()
