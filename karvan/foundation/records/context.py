"""Which request is being answered. Alone in its file: logging needs it before the models are loaded."""

from __future__ import annotations

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
