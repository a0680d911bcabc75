"""The registers of persons and of parties."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party, Person
from karvan.foundation.people.queries import search_parties, search_persons
from karvan.foundation.ui.registers import Column, Filter, Pick, Register


def persons_register(request: HttpRequest, persons: QuerySet[Person]) -> Register:
    """Persons with their roles. Costs three queries a page."""
    return Register(
        request,
        persons.select_related("country").prefetch_related("roles"),
        [
            Column("full_name", _("Name"), kind="name", sort="full_name"),
            Column("roles", _("Roles"), _roles),
            Column("country", _("Country"), "country.names", kind="name", sort="country"),
            Column("email", _("E-mail"), sort="email"),
            Column("language", _("Language"), sort="language", shown=False),
            Column("joined_at", _("Registered"), kind="date", sort="joined_at", shown=False),
        ],
        name="people",
        caption=_("Persons and their roles"),
        order=["full_name"],
        filters=[
            Filter("with-role", _("With a role"), Q(roles__isnull=False)),
            Filter("without-role", _("Without a role"), Q(roles__isnull=True)),
        ],
        search=search_persons,
        row_url=lambda person: reverse("person", kwargs={"pk": person.pk}),
        empty_title=_("Nobody is registered yet"),
        empty_text=_("Persons appear here when they apply, are invited or are registered."),
        empty_url=reverse("new_person"),
        empty_label=_("Register a person"),
    )


def parties_register(request: HttpRequest, parties: QuerySet[Party], *, may_add: bool) -> Register:
    """Parties by kind. Costs two queries a page."""
    return Register(
        request,
        parties,
        [
            Column("names", _("Name"), kind="name"),
            Column("kind", _("Kind"), "get_kind_display", sort="kind"),
            Column("country", _("Country"), "country.names", kind="name", sort="country"),
            Column("code", _("Code"), sort="code"),
            Column("website", _("Website"), shown=False),
        ],
        name="parties",
        caption=_("Parties"),
        order=["code"],
        picks=[Pick("kind", _("Kind"), list(Party.Kind.choices), "kind")],
        search=search_parties,
        row_url=lambda party: reverse("party", kwargs={"code": party.code}),
        empty_title=_("No party is registered yet"),
        empty_text=_("Organisations and bodies that promise, host, pay or nominate stand here."),
        empty_url=reverse("new_party") if may_add else "",
        empty_label=_("Register a party") if may_add else "",
    )


def _roles(person: Person) -> str:
    return ", ".join(
        f"{role.get_kind_display()} {role.scope}".strip() for role in person.roles.all()
    )
