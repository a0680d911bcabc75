"""All rows of all tables as JSON lines: a copy of the database that any database can take back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.apps import apps
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction


def dump_rows(out: IO[str]) -> int:
    """Write every row as one line; returns how many. All as of one moment on PostgreSQL."""
    written = 0
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for model in _tables():
            for row in model._base_manager.order_by("pk").iterator(chunk_size=500):
                line = {"table": model._meta.label, "row": _values(row)}
                out.write(json.dumps(line, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n")
                written += 1
    return written


def load_rows(lines: Iterable[str]) -> int:
    """Put the rows into an empty, migrated database; returns how many. All or none.

    What migrations put there themselves (content types) is replaced.

    Raises:
        IntegrityError: a row points at one that is not there.
    """
    loaded = 0
    with connection.constraint_checks_disabled(), transaction.atomic():
        for model in reversed(_tables()):
            if model._base_manager.exists():
                model._base_manager.all()._raw_delete(connection.alias)
        for model, values in _read(lines):
            model(**values).save_base(raw=True, force_insert=True)
            loaded += 1
        connection.check_constraints()
        _continue_numbers()
    return loaded


def _tables() -> list[type[models.Model]]:
    """Every table of the platform, those of many-to-many relations included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


def _fields(model: type[models.Model]) -> list[Any]:
    return [one for one in model._meta.concrete_fields if not getattr(one, "generated", False)]


def _values(row: models.Model) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for one in _fields(type(row)):
        value = one.value_from_object(row)
        is_plain = value is None or isinstance(one, models.JSONField)
        said[one.attname] = value if is_plain else one.value_to_string(row)
    return said


def _read(lines: Iterable[str]) -> Iterator[tuple[type[models.Model], dict[str, Any]]]:
    tables = {model._meta.label: model for model in _tables()}
    for line in lines:
        data = json.loads(line)
        model = tables[data["table"]]
        yield (
            model,
            {
                one.attname: one.to_python(data["row"][one.attname])
                for one in _fields(model)
                if one.attname in data["row"]
            },
        )


def _continue_numbers() -> None:
    """Let the next row get a number that is free (PostgreSQL keeps its own count)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), _tables()):
            cursor.execute(statement)
