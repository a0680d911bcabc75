"""The outbox: those who run the edition a letter belongs to."""

from __future__ import annotations

from django.utils import timezone

from karvan.foundation.messages.models import Message

from .route import RUNNERS, only


def letter(state="queued"):
    def arguments(world):
        made = Message.objects.create(
            key=f"matrix:{state}",
            kind="tests/matrix",
            to_address="reader@example.org",
            language="en",
            subject="A letter",
            body="Text",
            scope=world.edition.scope,
            state=state,
            created_at=timezone.now(),
        )
        return {"pk": made.pk}

    return arguments


ROUTES = {
    "letters:outbox": only((*RUNNERS, "neighbour")),  # the neighbour sees the own edition's
    "letters:letter": only(RUNNERS, arguments=letter()),
    "letters:hold": only(RUNNERS, method="post", arguments=letter()),
    "letters:send": only(RUNNERS, method="post", arguments=letter("held")),
    "letters:cancel": only(RUNNERS, method="post", arguments=letter()),
}
