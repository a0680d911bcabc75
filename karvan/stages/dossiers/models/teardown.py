"""How the device comes apart: steps, their photographs, and what is marked on those."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvan.foundation.files.models import StoredFile

from .bom import PartLine
from .diagram import Block
from .dossiers import Dossier
from .parts_of_all import Kept


class TeardownStep(Kept):
    """One reversible step. ``lines`` are mappings: bullet (a colour), level (0 to 2), text.

    ``fasteners``: mappings of type, count and move ("out", "in"). ``tools``: texts.
    """

    class Direction(models.TextChoices):
        REMOVE = "remove", _("Remove")
        OPEN = "open", pgettext_lazy("what is done to a device", "Open")
        OBSERVE = "observe", _("Observe")
        MEASURE = "measure", _("Measure")
        REASSEMBLE = "reassemble", _("Put together")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=150)
    direction = models.CharField(_("what is done"), max_length=12, choices=Direction)
    lines = models.JSONField(_("lines"), default=list, blank=True)
    tools = models.JSONField(_("tools"), default=list, blank=True)
    fasteners = models.JSONField(_("fasteners"), default=list, blank=True)
    fasteners_note = models.CharField(_("why a fastener stays out"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    risk_note = models.CharField(_("risk"), max_length=300, blank=True)
    reversible = models.BooleanField(_("can be undone"), default=True)
    blocks = models.ManyToManyField(Block, blank=True, related_name="steps")
    parts = models.ManyToManyField(PartLine, blank=True, related_name="steps")

    class Meta:
        ordering = ["dossier_id", "order"]
        constraints = [
            models.UniqueConstraint(
                name="one_step_a_number",
                fields=["dossier", "order"],
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"


class StepPhoto(Kept):
    """A photograph of a step; its key comes from the telephone, so that it is taken once."""

    step = models.ForeignKey(TeardownStep, models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    thumb = models.ForeignKey(  # small enough for a page of sixty
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    order = models.PositiveSmallIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    scale_bar = models.BooleanField(_("shows a scale"), default=False)
    orientation = models.CharField(_("seen from"), max_length=40, blank=True)
    caption = models.CharField(_("what it shows"), max_length=200, blank=True)

    class Meta:
        ordering = ["step_id", "order", "pk"]

    def __str__(self) -> str:
        return self.caption or str(self.file)


class Annotation(Kept):
    """A mark on a photograph, in shares of its width and height (0 to 1)."""

    class Shape(models.TextChoices):
        POINT = "point", _("Point")
        BOX = "box", _("Box")
        ARROW = "arrow", _("Arrow")
        POLYGON = "polygon", _("Outline")

    photo = models.ForeignKey(StepPhoto, models.CASCADE, related_name="annotations")
    number = models.PositiveSmallIntegerField(_("number"))
    shape = models.CharField(_("shape"), max_length=8, choices=Shape)
    x = models.FloatField()
    y = models.FloatField()
    w = models.FloatField(default=0)  # of a box its width; of an arrow how far its head is
    h = models.FloatField(default=0)
    points = models.JSONField(default=list, blank=True)  # of an outline: [[x, y], …]
    colour = models.CharField(_("colour"), max_length=12, default="red")
    label = models.CharField(_("label"), max_length=120, blank=True)
    line = models.PositiveSmallIntegerField(_("line"), null=True, blank=True)  # from 0
    block = models.ForeignKey(
        Block, models.SET_NULL, null=True, blank=True, related_name="annotations"
    )
    part = models.ForeignKey(
        PartLine, models.SET_NULL, null=True, blank=True, related_name="annotations"
    )

    class Meta:
        ordering = ["photo_id", "number"]
        constraints = [
            models.UniqueConstraint(name="one_annotation_a_number", fields=["photo", "number"]),
            models.CheckConstraint(
                name="annotation_lies_on_its_picture",
                condition=Q(x__gte=0, x__lte=1, y__gte=0, y__lte=1)
                & Q(w__gte=-1, w__lte=1, h__gte=-1, h__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.number)
