"""Log lines as JSON, one a line, each with the id of the request it belongs to."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from karvan.foundation.records.context import request_id

# A part of an address this long opens a door: a draft, a follow-up, a sign-in.
_OPENS_A_DOOR = re.compile(r"(?<=/)[A-Za-z0-9_:-]{40,}")


def without_keys(text: str) -> str:
    """The text with such parts left out, since Django's own lines hold whole addresses."""
    return _OPENS_A_DOOR.sub("…", text)


class RequestIdFilter(logging.Filter):
    """Gives every log line the id of the present request, "" outside of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line. What a caller passes as ``extra={"fields": {…}}`` is added to it."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_keys(record.getMessage()),
            "request": getattr(record, "request_id", ""),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["exception"] = without_keys(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)
