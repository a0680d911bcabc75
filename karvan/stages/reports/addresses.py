"""Where the rows and stages that a report names can be opened."""

from __future__ import annotations

from django.db import models
from django.urls import NoReverseMatch, reverse

from karvan.stages.agreements.models import Commitment
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.ventures.models import FollowUp, Venture

from .queries.board import StageState


def address_of(subject: models.Model | None) -> str:
    """The page of a row, or "" where it has none."""
    if isinstance(subject, Commitment):
        return _address("agreements:commitment", code=subject.code)
    if isinstance(subject, Activity):
        return _address("editions:edition", edition=subject.edition.slug)
    if isinstance(subject, Edition):
        return _address("editions:edition", edition=subject.slug)
    if isinstance(subject, Venture):
        return _address("ventures:venture", pk=subject.pk)
    return address_of(subject.venture) if isinstance(subject, FollowUp) else ""


def stage_address(cell: StageState, edition: Edition) -> str:
    """The page of a stage of an edition, or "" while the stage has none."""
    return _address(cell.url_name, edition=edition.slug)


def _address(name: str, **arguments: object) -> str:
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return ""
