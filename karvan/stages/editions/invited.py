"""As what people are invited to an edition, in the order in which they are needed."""

from __future__ import annotations

INVITED = ("coordinator", "trainer", "mentor", "reviewer", "partner", "auditor")
