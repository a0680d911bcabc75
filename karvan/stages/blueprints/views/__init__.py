"""Read the request, call one service, pick a template."""

from .importing import import_draft
from .programmes import edition, new_programme, programme, programmes
from .schema import schema, schema_file
from .versions import blueprint, compare, print_blueprint, publish, source

__all__ = [
    "blueprint",
    "compare",
    "edition",
    "import_draft",
    "new_programme",
    "print_blueprint",
    "programme",
    "programmes",
    "publish",
    "schema",
    "schema_file",
    "source",
]
