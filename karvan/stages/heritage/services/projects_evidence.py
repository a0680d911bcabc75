"""Pictures before, during and after, each from a viewpoint that can be found again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.kinds import PICTURES
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.ui.formats import date_in_words
from karvan.stages.dossiers.services.photos_thumbs import keep_thumb, measured
from karvan.stages.heritage.errors import NotAllowedYet, NotGiven, NotOfThisProject
from karvan.stages.heritage.models import (
    Element,
    Phase,
    RestorationProject,
    SitePhoto,
    Viewpoint,
    WorkItem,
)

from .projects import check_within, locked_project, moving_project

Moment = SitePhoto.Moment
MOST_A_VIEWPOINT = 60


@transaction.atomic
def add_viewpoint(
    project: RestorationProject,
    *,
    code: str,
    names: Mapping[str, str],
    by: Person | None,
    element: Element | None = None,
) -> Viewpoint:
    """Fix a place from which the same picture is taken again and again.

    Raises:
        WrongState: the project is stopped.
        NotGiven: the code is taken.
        NotOfThisProject: the part belongs to another monument.
    """
    held = moving_project(project)
    if held.viewpoints.filter(code=code).exists():
        raise NotGiven(_("There is a viewpoint “%(code)s” already.") % {"code": code})
    if element is not None and element.monument_id != held.monument_id:
        raise NotOfThisProject(_("This part belongs to another monument."))
    made = Viewpoint.objects.create(project=held, code=code, names=dict(names), element=element)
    record("viewpoint fixed", held, by=by, after={"code": code, "name": str(made)})
    return made


@transaction.atomic
def add_site_photo(
    viewpoint: Viewpoint,
    *,
    moment: str,
    taken_on: date,
    upload: File[Any],
    by: Person | None,
    operator: str = "",
    has_scale: bool = False,
    work: WorkItem | None = None,
) -> SitePhoto:
    """Keep a picture from a viewpoint, without place or camera, and a small copy of it.

    Raises:
        NotAllowedYet: it is one during or after, and there is none before from here.
        NotGiven: its day lies ahead, a "before" is younger than the works, an "after" older than
            the last before, or the viewpoint has as many as it takes.
        NotOfThisProject: the work belongs to another project.
        FileTooLarge, FileEmpty, FileNotAllowed, FileDamaged, FileUnsafe, StorageFull.
    """
    held = locked_project(viewpoint.project)
    _check_day(held, viewpoint, moment, taken_on)
    if work is not None and work.phase.project_id != held.pk:
        raise NotOfThisProject(_("This work belongs to another restoration."))
    if viewpoint.pictures.count() >= MOST_A_VIEWPOINT:
        raise NotGiven(
            _("A viewpoint takes at most %(most)s pictures.") % {"most": MOST_A_VIEWPOINT}
        )
    stored = store_upload(upload, kinds=PICTURES, scope=held.scope, by=by)
    width, height = measured(stored)
    made = SitePhoto.objects.create(
        viewpoint=viewpoint,
        work=work,
        moment=moment,
        file=stored,
        thumb=keep_thumb(stored, by=by),
        width=width,
        height=height,
        taken_on=taken_on,
        operator=operator.strip(),
        has_scale=has_scale,
        added_at=clock.now(),
        added_by=by,
    )
    after = {"code": viewpoint.code, "what": moment, "on": taken_on, "sha256": stored.sha256}
    record("site photograph added", held, by=by, after=after)
    return made


def _check_day(
    project: RestorationProject, viewpoint: Viewpoint, moment: str, taken_on: date
) -> None:
    if taken_on > clock.today():
        raise NotGiven(_("The day %(day)s has not come yet.") % {"day": date_in_words(taken_on)})
    if moment == Moment.BEFORE:
        works = project.phases.filter(kind=Phase.Kind.WORKS).first()
        if works is not None and works.actual_from and taken_on > works.actual_from:
            raise NotGiven(
                _("Works began on %(day)s: a picture from before is not younger than that.")
                % {"day": date_in_words(works.actual_from)}
            )
        return
    kind = Phase.Kind.MONITORING if moment == Moment.AFTER else ""
    check_within(project, taken_on, kind=kind)
    before = viewpoint.pictures.filter(moment=Moment.BEFORE).order_by("-taken_on").first()
    if before is None:
        raise NotAllowedYet(
            _(
                "From “%(viewpoint)s” there is no picture before. Add that one first, taken from "
                "the same place, or choose another viewpoint."
            )
            % {"viewpoint": viewpoint}
        )
    if taken_on < before.taken_on:
        raise NotGiven(
            _("The picture before is of %(day)s: this one must be younger.")
            % {"day": date_in_words(before.taken_on)}
        )
