"""Bringing the database up to date: a new one at once, any other by its migrations."""

from __future__ import annotations

from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunPython
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps


def prepare_tables() -> None:
    """Give the database every table, constraint and trigger of this version.

    A database with tables gets the migrations that it lacks. In one that has none, the tables are
    made as the last migration leaves them, which takes a tenth of the time, and all migrations are written
    down as done; ``tests/config/test_tables.py`` holds the two ways against each other.
    """
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan and connection.introspection.table_names():
        call_command("migrate", interactive=False, verbosity=0)
        return
    if plan:
        _make_everything(executor, [migration for migration, _backwards in plan])
    emit_post_migrate_signal(
        verbosity=0, interactive=False, db=connection.alias, apps=apps, plan=plan
    )


def pending_migrations() -> int:
    """How many migrations the database has not had."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _make_everything(executor: MigrationExecutor, migrations: list[Migration]) -> None:
    """All in one transaction, so that what is cut off leaves an empty database."""
    models = executor.loader.project_state().apps
    with connection.schema_editor(atomic=True) as editor:
        for model in models.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for migration in migrations:
            _run_acts(migration, models, editor)
        executor.recorder.ensure_schema()
        for migration in migrations:
            executor.recorder.record_applied(migration.app_label, migration.name)


def _run_acts(migration: Migration, models: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Do what a migration of ours does besides tables, such as triggers.

    What mends rows of earlier versions is marked ``elidable`` and has nothing to do here.
    """
    if not migration.__module__.startswith("karvan."):
        return
    for act in migration.operations:
        if isinstance(act, RunPython) and not act.elidable:
            act.code(models, editor)
