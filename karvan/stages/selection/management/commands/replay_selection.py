"""Choose a cohort again from a run's document, and say whether it is the answer that was kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.shortcuts import get_object_or_404

from karvan.stages.selection.models import SelectionRun
from karvan.stages.selection.services import replay_document, replay_run


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="a run's document, as downloaded")
        parser.add_argument("--run", type=int, help="the id of a run in the database")

    def handle(self, *, file: str | None, run: int | None, **options: Any) -> None:
        if (file is None) == (run is None):
            raise CommandError("give either a file or --run")
        try:
            if run is not None:
                answer = replay_run(get_object_or_404(SelectionRun, pk=run))
            else:
                answer = replay_document(Path(str(file)).read_bytes())
        except (OSError, ValueError) as wrong:
            raise CommandError(str(wrong)) from wrong
        chosen = getattr(answer, "chosen", ())
        self.stdout.write(self.style.SUCCESS(f"the same answer: {len(chosen)} chosen"))
        for key in chosen:
            self.stdout.write(key)
