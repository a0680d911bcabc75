"""Selection: those who run the edition, its auditor, and whoever holds an application's link."""

from __future__ import annotations

from .route import public

ROUTES = {
    "selection:offer": public(arguments=lambda w: {"token": w.offer.application.token}),
}
