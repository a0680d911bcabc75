"""Write the register of capitals of culture that comes with the package. Safe to run again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from karvan.stages.convening.services.title_register_loading import load_titles


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        self.stdout.write(self.style.SUCCESS(f"{load_titles(by=None)} titles are new"))
