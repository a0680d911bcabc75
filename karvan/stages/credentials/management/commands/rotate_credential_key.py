"""Make a new key that signs certificates; the old one stays published unless it was stolen."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from karvan.stages.credentials.errors import NoSigningKey
from karvan.stages.credentials.services import rotate_key


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reason", required=True, help="why, for the record")
        parser.add_argument(
            "--stolen",
            action="store_true",
            help="the old key is in wrong hands: withdraw it, and with it all that it signed",
        )

    def handle(self, *, reason: str, stolen: bool, **options: Any) -> None:
        try:
            made = rotate_key(reason=reason, is_stolen=stolen, by=None)
        except NoSigningKey as missing:
            raise CommandError(str(missing)) from missing
        self.stdout.write(self.style.SUCCESS(f"{made.name} signs from now on. Back it up."))
