"""Load the demo world: the real story with an invented cast. Only into an empty database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from karvan.desk.demo.load import is_empty, load


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        if not is_empty():
            raise CommandError("there are people in this database; the demo wants an empty one")
        load(lambda line: self.stderr.write(f"  {line}"))
        self.stdout.write(self.style.SUCCESS("the demo world is there"))
