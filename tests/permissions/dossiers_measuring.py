"""Who may open the screens of measurements, instruments and signals."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from karvan.stages.dossiers.models import Dossier, Instrument, Measurement, SignalCapture
from karvan.stages.dossiers.services.signals import take_capture

from .route import READERS, RUNNERS, only

READ = ("participant", "trainer", *READERS)
WRITE = ("participant", "trainer", *RUNNERS)
TEACH = ("trainer", *RUNNERS)


def dossier(world):
    return {"edition": world.edition.slug, "pk": world.dossier.pk}


def stopped(world):
    """A bench that is stopped: who may write is let in, and nothing is taken out."""
    Dossier.objects.filter(pk=world.dossier.pk).update(
        stopped_at=datetime(2026, 9, 1, tzinfo=UTC),
        stopped_by=world.people["trainer"],
        stop_reason="Smoke",
    )
    return dossier(world)


def measurement(world):
    made, _new = Measurement.objects.get_or_create(
        dossier=world.dossier,
        name="Supply",
        defaults={
            "quantity": "voltage",
            "unit": "V",
            "value": 5,
            "taken_at": datetime(2026, 9, 1, tzinfo=UTC),
        },
    )
    return {**dossier(world), "measurement": made.pk}


def instrument(world):
    made, _new = Instrument.objects.get_or_create(
        activity=world.workshop, maker="Fluke", model="87V"
    )
    return {**dossier(world), "instrument": made.pk}


def capture(world):
    made = SignalCapture.objects.filter(dossier=world.dossier).first()
    if made is None:
        upload = SimpleUploadedFile("p.csv", b"t (s),p (kPa)\n0,1\n1,2\n2,3\n")
        made = take_capture(world.dossier, uploads=[upload], by=None)
    return {**dossier(world), "capture": made.pk}


def capture_file(world):
    found = capture(world)
    file = SignalCapture.objects.get(pk=found["capture"]).files.get()
    return {**found, "file": file.pk}


ROUTES = {
    "dossiers:measurements": only(READ, arguments=dossier),
    "dossiers:formula": only(READ, arguments=dossier),
    "dossiers:measurement": only(READ, arguments=measurement),
    "dossiers:new_measurement": only(WRITE, arguments=dossier),
    "dossiers:change_measurement": only(WRITE, arguments=measurement),
    "dossiers:remove_measurement": only(
        WRITE, method="post", arguments=lambda w: measurement(w) | stopped(w)
    ),
    "dossiers:instruments": only(READ, arguments=dossier),
    "dossiers:new_instrument": only(WRITE, arguments=dossier),
    "dossiers:change_instrument": only(TEACH, arguments=instrument),
    "dossiers:new_signal": only(WRITE, arguments=dossier),
    "dossiers:signal": only(READ, arguments=capture),
    "dossiers:signal_series": only(READ, arguments=capture),
    "dossiers:signal_file": only(READ, arguments=capture_file),
    "dossiers:signal_units": only(WRITE, arguments=capture),
    "dossiers:change_signal": only(WRITE, arguments=capture),
    "dossiers:remove_signal": only(
        WRITE, method="post", arguments=lambda w: capture(w) | stopped(w)
    ),
}
