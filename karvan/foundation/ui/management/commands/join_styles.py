"""Join the style sheets: run it after changing anything in ``static/ui/css``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from karvan.foundation.ui.bundles import write_bundles


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        for path in write_bundles():
            self.stdout.write(f"{path.name}: {path.stat().st_size} bytes")
