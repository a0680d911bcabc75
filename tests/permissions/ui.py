"""The page of components is for those who build: nobody finds it where neither DEBUG nor DEMO is set."""

from __future__ import annotations

from .route import only

ROUTES = {"ui:components": only(())}
