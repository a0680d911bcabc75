"""Verify the chain of records; name the first broken link. Safe to run at any time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from karvan.foundation.records.queries import verify_chain


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        report = verify_chain()
        if report.broken_at is not None:
            raise CommandError(f"{report.why} ({report.checked} records before it are sound)")
        self.stdout.write(self.style.SUCCESS(f"{report.checked} records, none broken"))
