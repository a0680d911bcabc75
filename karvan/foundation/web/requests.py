"""What a request is here: it has a person and knows whether htmx sent it."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from karvan.foundation.people.models import Person


class Request(HttpRequest):
    """A request as views see it. ``user`` is a Person, or Django's AnonymousUser."""

    user: Person
    htmx: HtmxDetails
