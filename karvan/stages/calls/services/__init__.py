"""What people do to calls, applications and nominations. One function, one act, one transaction."""

from .calls import cancel_call, draft_call, extend_for_one, move_deadline, publish_call
from .drafts import mail_link, remind_draft, save_draft, start_application, use_extension
from .importing import preview_import, run_import
from .nominating import nominate, withdraw_nomination
from .sending import submit_application, withdraw_application

__all__ = [
    "cancel_call",
    "draft_call",
    "extend_for_one",
    "mail_link",
    "move_deadline",
    "nominate",
    "preview_import",
    "publish_call",
    "remind_draft",
    "run_import",
    "save_draft",
    "start_application",
    "submit_application",
    "use_extension",
    "withdraw_application",
    "withdraw_nomination",
]
