"""Write the vocabularies of condition surveys. Safe to run again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from karvan.foundation.errors import RuleBroken
from karvan.stages.heritage.services.surveys_terms import load_terms


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="tables of EAMENA (*.tsv)")

    def handle(self, *, folder: Path | None, **options: Any) -> None:
        try:
            taken = load_terms(folder, by=None)
        except RuleBroken as broken:
            raise CommandError(str(broken)) from broken
        self.stdout.write(
            self.style.SUCCESS(f"{taken.new} new, {taken.changed} changed, {taken.same} the same")
        )
