"""Puts the triggers on that refuse every change of what was written."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from guomen.apps.ledger import append_only


def put_on(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    append_only.install(editor.connection, append_only.TABLES)


def take_off(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    append_only.lift(editor.connection, append_only.TABLES)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(put_on, take_off)]
