"""Countries with their calendars, and the addresses of an edition's calendar."""

from __future__ import annotations

from django.urls import reverse

from karvan.foundation.places.models import Country
from tests import make

RAMADAN = {"start": "2027-02"}


def edition_in(code, **fields):
    return make.edition(f"{code}-2027", country=Country.objects.get(code=code), **fields)


def coordinate(client, edition):
    client.force_login(make.role("coordinator", edition.scope))


def address(name, edition, *more):
    return reverse(f"editions:{name}", args=[edition.slug, *more])


def week(**more):
    return {"workdays": [1, 2, 3, 4, 5, 6], "source": "Letter of the host, 3 March", **more}
