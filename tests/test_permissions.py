"""Every view against every role and a stranger. A view that is not in the matrix fails."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.resolvers import URLResolver

from tests import permissions
from tests.permissions.route import EVERY_ROLE, Route
from tests.permissions.world import World

pytestmark = pytest.mark.django_db

FOREIGN = ("account_", "socialaccount_", "mfa_", "openid_connect_", "usersessions_")


def matrix() -> dict[str, Route]:
    """All declared lines, from every module of tests/permissions that has ROUTES."""
    lines: dict[str, Route] = {}
    for module in pkgutil.iter_modules(permissions.__path__):
        routes = getattr(importlib.import_module(f"tests.permissions.{module.name}"), "ROUTES", {})
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


@pytest.fixture
def world() -> World:
    return World()


@pytest.mark.parametrize("name", sorted(matrix()))
def test_view_opens_for_the_declared_roles_and_for_nobody_else(name: str, world: World):
    route = matrix()[name]
    address = reverse(name, kwargs=route.arguments(world))
    data = route.data(world)

    seen = {}
    for role in EVERY_ROLE:
        client = Client(raise_request_exception=True)
        if role != "stranger":
            client.force_login(world.people[role])
        answer = getattr(client, route.method)(address, data)
        to_sign_in = answer.status_code == 302 and "/accounts/login" in answer["Location"]
        if answer.streaming:
            b"".join(answer.streaming_content)  # a file that was given is closed when it is read
        seen[role] = answer.status_code not in (403, 404) and not to_sign_in

    assert {role for role, opened in seen.items() if opened} == set(route.allowed)
