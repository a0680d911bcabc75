"""Every view against every role and a stranger. A view that is not in the matrix fails."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import URLResolver

from karvan.foundation.people.models import Person
from tests import permissions
from tests.permissions.route import EVERY_ROLE, SIGNED_IN, Route
from tests.permissions.world import World

pytestmark = pytest.mark.django_db

FOREIGN = ("account_", "socialaccount_", "mfa_", "openid_connect_", "usersessions_")


def rooms() -> dict[str, dict[str, Route]]:
    """The declared lines of every module of tests/permissions that has ROUTES."""
    modules = pkgutil.iter_modules(permissions.__path__)
    found = {
        one.name: getattr(importlib.import_module(f"tests.permissions.{one.name}"), "ROUTES", {})
        for one in modules
    }
    return {name: routes for name, routes in found.items() if routes}


ROOMS = rooms()


def matrix() -> dict[str, Route]:
    """All declared lines."""
    lines: dict[str, Route] = {}
    for routes in ROOMS.values():
        repeated = set(lines) & set(routes)
        assert not repeated, f"declared twice: {sorted(repeated)}"
        lines |= routes
    return lines


def own_views(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    """The names of every view of ours, with their namespaces."""
    names: list[str] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            names += own_views(pattern.url_patterns, inner)
        else:
            module = getattr(pattern.callback, "__module__", "")
            assert pattern.name or not module.startswith("karvan"), (
                f"{module}: a view without a name"
            )
            if pattern.name and not pattern.name.startswith(FOREIGN):
                names.append(prefix + pattern.name)
    return names


def test_every_view_is_in_the_matrix_and_every_line_has_a_view():
    views = {
        name for name in own_views(get_resolver().url_patterns) if name not in ("set_language",)
    }

    assert sorted(views - set(matrix())) == []
    assert sorted(set(matrix()) - views) == []


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_views_open_for_the_declared_roles_and_for_nobody_else(room: str):
    world, wrong = World(), {}
    cookies = {role: signed_in(world.people[role]) for role in SIGNED_IN}
    for name, route in sorted(ROOMS[room].items()):
        with alone():
            seen = opened_by(name, route, copy(world), cookies)
        if seen != set(route.allowed):
            wrong[name] = {
                "too many": seen - set(route.allowed),
                "shut out": set(route.allowed) - seen,
            }

    assert wrong == {}


def signed_in(person: Person) -> SimpleCookie:
    client = Client()
    client.force_login(person)
    return client.cookies


@contextmanager
def alone() -> Iterator[None]:
    """What happens in it to the rows has not happened after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def opened_by(name: str, route: Route, world: World, cookies: dict[str, SimpleCookie]) -> set[str]:
    """The roles for which the view opens: no 403, no 404, not sent to sign in."""
    address = reverse(name, kwargs=route.arguments(world))
    data = route.data(world)
    opened = set()
    for role in EVERY_ROLE:
        client = Client(raise_request_exception=True)
        client.cookies.load(cookies.get(role, SimpleCookie()))
        try:
            answer = getattr(client, route.method)(address, data)
        except Exception as broken:
            broken.add_note(f"{name}, as {role}")
            raise
        to_sign_in = answer.status_code == 302 and "/accounts/login" in answer["Location"]
        if answer.streaming:
            b"".join(answer.streaming_content)  # a file that was given is closed when it is read
        if answer.status_code not in (403, 404) and not to_sign_in:
            opened.add(role)
    return opened
