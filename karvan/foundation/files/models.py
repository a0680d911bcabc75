"""What is known of a stored file. Its bytes lie in the private storage under its hash."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One file as it was accepted: its bytes never change."""

    name = models.CharField(_("name"), max_length=200)  # as the person called it, cleaned
    kind = models.CharField(_("kind"), max_length=16)  # pdf, jpeg, png, webp, csv, xlsx, text, yaml
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)  # of the bytes kept, after cleaning
    storage_name = models.CharField(max_length=200)
    scope = models.CharField(max_length=80, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="stored_file_is_not_empty", condition=Q(size__gte=1))
        ]

    def __str__(self) -> str:
        return self.name
