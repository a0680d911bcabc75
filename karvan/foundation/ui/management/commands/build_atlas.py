"""Make the outlines of countries anew from two files of the npm package ``world-atlas``.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python manage.py build_atlas package

Only for a newer atlas: what it makes is kept in the repository.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from karvan.foundation.ui.charts.outlines import ATLAS
from karvan.foundation.ui.charts.topology import atlas_of

SMALL, LARGER = "countries-110m.json", "countries-50m.json"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help=f"holds {SMALL} and {LARGER}")

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            small, larger = (json.loads((folder / name).read_text()) for name in (SMALL, LARGER))
            atlas = atlas_of(small, larger)
        except (OSError, ValueError) as failed:
            raise CommandError(f"The atlas cannot be built from {folder}: {failed}") from failed
        ATLAS.write_text(json.dumps(atlas, separators=(",", ":"), sort_keys=True) + "\n")
        self.stdout.write(f"{ATLAS.name}: {ATLAS.stat().st_size} bytes")
