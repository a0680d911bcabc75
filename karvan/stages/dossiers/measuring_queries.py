"""Named reads of what was measured."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from karvan.foundation.people.models import Person

from .models import Annotation, Block, Dossier, Instrument, Measurement, SignalCapture


def measurements_of(dossier: Dossier) -> QuerySet[Measurement]:
    """The measurements of a dossier with instrument, block and who took them. One query."""
    return Measurement.objects.filter(dossier=dossier).select_related(
        "instrument", "block", "point", "operator", "dossier__activity"
    )


def instruments_of(dossier: Dossier) -> QuerySet[Instrument]:
    """The instruments of the dossier's workshop, with how often each was used."""
    return Instrument.objects.filter(activity=dossier.activity_id).annotate(
        uses=Count("measurements", distinct=True)
    )


def captures_of(dossier: Dossier) -> QuerySet[SignalCapture]:
    """The captures of a dossier, without what they draw: a list needs it not."""
    return (
        SignalCapture.objects.filter(dossier=dossier)
        .select_related("block", "instrument")
        .defer("plot", "events", "figures")
    )


def blocks_of(dossier: Dossier) -> QuerySet[Block]:
    """The blocks a measurement or a signal may belong to."""
    return Block.objects.filter(dossier=dossier)


def points_of(dossier: Dossier) -> QuerySet[Annotation]:
    """The marks on the dossier's photographs at which something may be measured."""
    return Annotation.objects.filter(photo__step__dossier=dossier).select_related("photo__step")


def operators_of(dossier: Dossier, person: Person) -> QuerySet[Person]:
    """Who may have taken a measurement: the team, and who writes it down."""
    return Person.objects.filter(
        Q(enrolments__dossier_memberships__dossier=dossier) | Q(pk=person.pk)
    ).distinct()


def whole_captures_of(dossier: Dossier) -> QuerySet[SignalCapture]:
    """The captures of a dossier with all that is drawn of them."""
    return SignalCapture.objects.filter(dossier=dossier).select_related(
        "block", "instrument", "dossier__activity"
    )


def series_of(capture: SignalCapture) -> QuerySet[SignalCapture]:
    """The captures of the same series, by their replicate; the capture alone without a series."""
    rows = whole_captures_of(capture.dossier)
    return rows.filter(series=capture.series) if capture.series else rows.filter(pk=capture.pk)
