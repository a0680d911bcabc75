"""Acts that span stages. The desk has them, because no stage may call a later one."""

from .cancelling import OVER, cancel_edition
from .reopening import reopen_reading
from .versions import Taken, publish_version, take_version

__all__ = ["OVER", "Taken", "cancel_edition", "publish_version", "reopen_reading", "take_version"]
