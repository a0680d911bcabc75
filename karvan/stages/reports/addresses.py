"""Where the rows and stages that a report names can be opened."""

from __future__ import annotations

from django.db import models
from django.urls import NoReverseMatch, reverse

from karvan.stages.agreements.models import Commitment
from karvan.stages.convening.models import StatutorySession, Title, TitleNomination
from karvan.stages.dossiers.models import Dossier, Rebuild
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.heritage.models import Monument, RestorationProject
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
    if isinstance(subject, Dossier):
        edition = subject.activity.edition.slug
        return _address("dossiers:dossier", edition=edition, pk=subject.pk)
    if isinstance(subject, Monument):
        return _address("heritage:surveys", register=subject.register.code, pk=subject.pk)
    if isinstance(subject, Rebuild):
        return address_of(subject.version.dossier)
    if isinstance(subject, FollowUp):
        return address_of(subject.venture)
    return _convened_address(subject)


def _convened_address(subject: models.Model | None) -> str:
    if isinstance(subject, StatutorySession):
        return _address("convening:session", organ=subject.organ.code, session=subject.slug)
    if isinstance(subject, Title):
        return _address("convening:title_held", pk=subject.pk)
    if isinstance(subject, TitleNomination):
        return _address("convening:nomination", pk=subject.pk)
    if isinstance(subject, RestorationProject):
        return _address("heritage:project", code=subject.code)
    return ""


def stage_address(cell: StageState, edition: Edition) -> str:
    """The page of a stage of an edition, or "" while the stage has none."""
    return _address(cell.url_name, edition=edition.slug)


def _address(name: str, **arguments: object) -> str:
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return ""
