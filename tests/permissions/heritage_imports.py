"""Who takes tables over into a register."""

from __future__ import annotations

from karvan.stages.heritage.services.imports_taking import begin_import
from tests.stages.heritage.tables import read, rows

from .heritage_registers import STAFF, register
from .route import only


def table(world):
    one = world.register.imports.filter(state="previewed").first()
    one = one or read(world.register, rows("1,Tower,tower,12th century,40.1,49.2"))
    return {**register(world), "read": one.pk}


def begun(world):
    """One that is being taken over: it can be gone on with, by each who may, to its end."""
    one = begin_import(read(world.register, rows("2,Gate,gate,1230,40.2,49.3")), by=None)
    return {**register(world), "read": one.pk}


ROUTES = {
    "heritage:imports": only(STAFF, arguments=register),
    "heritage:import": only(STAFF, arguments=table),
    "heritage:import_columns": only(STAFF, method="post", arguments=table),
    "heritage:import_field_map": only(STAFF, method="post", arguments=table),
    "heritage:import_settle": only(STAFF, method="post", arguments=table),
    "heritage:import_take": only(STAFF, method="post", arguments=begun),
    "heritage:import_aside": only(STAFF, method="post", arguments=table),
}
