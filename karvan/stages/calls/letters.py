"""What letters say of times and addresses, in their reader's language."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from karvan.foundation.ui.formats import datetime_in_words

from .models import Application, Call


def call_address(call: Call, language: str) -> str:
    """The call's public page."""
    with override(language):
        return f"{settings.SITE_ADDRESS}{reverse('calls:call', args=[call.slug])}"


def application_address(application: Application) -> str:
    """The page of one application: whoever has it can read, change and withdraw it."""
    with override(application.language):
        return f"{settings.SITE_ADDRESS}{reverse('calls:application', args=[application.token])}"


def local_moment(moment: datetime, call: Call, language: str) -> str:
    """A moment in words, at the clock of the edition's place."""
    zone = call.activity.edition.time_zone
    with override(language):
        return datetime_in_words(moment, language, zone=zone)
