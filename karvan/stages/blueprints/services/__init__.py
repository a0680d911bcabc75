"""What people do to programmes and their blueprints. One function, one act, one transaction."""

from .drafting import add_item, edit_part, edit_text, move_item, remove_item, start_draft
from .importing import import_blueprint
from .programmes import create_programme
from .publishing import publish_blueprint
from .saving import Saved
from .settling import Dispute, Disputed, disputed, settle_revision
from .taking import Taken, take_session

__all__ = [
    "Dispute",
    "Disputed",
    "Saved",
    "Taken",
    "add_item",
    "create_programme",
    "disputed",
    "edit_part",
    "edit_text",
    "import_blueprint",
    "move_item",
    "publish_blueprint",
    "remove_item",
    "settle_revision",
    "start_draft",
    "take_session",
]
