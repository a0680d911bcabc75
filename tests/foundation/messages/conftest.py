"""The tests' own kind of letter, and a mail server to send it to."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from .post_office import PostOffice


@pytest.fixture(autouse=True)
def letters_of_the_tests(settings):
    """The kind "tests/hello" is a template in this folder."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates


@pytest.fixture
def by_smtp(settings):
    """Sends through a given post office: ``by_smtp(office)``."""

    def use(office: PostOffice) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.EMAIL_TIMEOUT = 5

    return use
