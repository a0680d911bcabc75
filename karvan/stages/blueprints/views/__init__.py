"""Read the request, call one service, pick a template."""

from .comparing import compare
from .drafts import add_item, change_part, draft, move_item, remove_item, start_draft
from .importing import import_draft
from .library import sessions, take
from .programmes import edition, new_programme, programme, programmes
from .revisions import revision, revisions, settle
from .schema import schema, schema_file
from .texts import draft_text
from .versions import blueprint, print_blueprint, source

__all__ = [
    "add_item",
    "blueprint",
    "change_part",
    "compare",
    "draft",
    "draft_text",
    "edition",
    "import_draft",
    "move_item",
    "new_programme",
    "print_blueprint",
    "programme",
    "programmes",
    "remove_item",
    "revision",
    "revisions",
    "schema",
    "schema_file",
    "sessions",
    "settle",
    "source",
    "start_draft",
    "take",
]
