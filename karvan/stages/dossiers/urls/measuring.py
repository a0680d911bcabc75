"""Addresses of dossiers: measuring."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import measuring, measuring_instruments, signals, signals_acts

EDITION = "editions/<slug:edition>/dossiers/"
DOSSIER = f"{EDITION}<int:pk>/"
MEASUREMENT = f"{DOSSIER}measurements/<int:measurement>/"
SIGNAL = f"{DOSSIER}signals/<int:capture>/"

urlpatterns: list[URLPattern] = [
    path(f"{DOSSIER}measurements/", measuring.measurements, name="measurements"),
    path(f"{DOSSIER}measurements/new/", measuring.new_measurement, name="new_measurement"),
    path(f"{DOSSIER}measurements/formula/", measuring.formula, name="formula"),
    path(MEASUREMENT, measuring.measurement, name="measurement"),
    path(f"{MEASUREMENT}change/", measuring.change_measurement, name="change_measurement"),
    path(f"{MEASUREMENT}remove/", measuring.remove_measurement, name="remove_measurement"),
    path(f"{DOSSIER}instruments/", measuring_instruments.instruments, name="instruments"),
    path(f"{DOSSIER}instruments/new/", measuring_instruments.new_instrument, name="new_instrument"),
    path(
        f"{DOSSIER}instruments/<int:instrument>/",
        measuring_instruments.change_instrument,
        name="change_instrument",
    ),
    path(f"{DOSSIER}signals/new/", signals_acts.new_signal, name="new_signal"),
    path(SIGNAL, signals.signal, name="signal"),
    path(f"{SIGNAL}units/", signals_acts.signal_units, name="signal_units"),
    path(f"{SIGNAL}change/", signals_acts.change_signal, name="change_signal"),
    path(f"{SIGNAL}remove/", signals_acts.remove_signal, name="remove_signal"),
    path(f"{SIGNAL}series/", signals.signal_series, name="signal_series"),
    path(f"{SIGNAL}files/<int:file>/", signals.signal_file, name="signal_file"),
]
