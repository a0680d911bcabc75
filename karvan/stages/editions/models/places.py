"""Buildings and rooms that editions use."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party
from karvan.foundation.places.models import Country
from karvan.foundation.texts import in_language

from .editions import Edition


class Venue(models.Model):
    """A building with rooms, in a country."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="venues")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="venues")
    names = models.JSONField(_("name"))
    city = models.CharField(_("city"), max_length=80)
    address = models.CharField(_("address"), max_length=200, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    editions = models.ManyToManyField(Edition, related_name="venues", blank=True)

    class Meta:
        ordering = ["country_id", "city", "pk"]

    def __str__(self) -> str:
        return in_language(self.names)


class Room(models.Model):
    """A room of a venue: its kind in the blueprint's words, its seats, what stands in it."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="rooms")
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=80)
    kinds = models.JSONField(_("serves as"), default=list)  # ["HALL", "SEM"]
    seats = models.PositiveSmallIntegerField(_("seats"))
    equipment = models.JSONField(_("equipment"), default=dict, blank=True)

    class Meta:
        ordering = ["venue_id", "code"]
        constraints = [
            models.UniqueConstraint(name="one_room_a_code", fields=["venue", "code"]),
            models.CheckConstraint(name="room_has_a_seat", condition=Q(seats__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name
