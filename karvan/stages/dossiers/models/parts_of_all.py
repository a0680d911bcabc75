"""What every part of a dossier has: an identity that survives copies, an author and two moments."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person


class Kept(models.Model):
    """A part that can be copied into another dossier and still be known by its key.

    ``key`` is also what makes sending twice harmless: a page that lost its network
    sends a row again under the same key, and it is taken once.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    author = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True
