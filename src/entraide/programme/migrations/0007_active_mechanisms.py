"""Mechanisms recorded as existing or new are at work: their status is one of four from now on."""

from django.db import migrations


def rename_statuses(apps, schema_editor):
    """Turn `existing` and `new` into `active`."""
    rows = apps.get_model("programme", "Mechanism").objects.using(schema_editor.connection.alias)
    rows.filter(status__in=["existing", "new"]).update(status="active")


class Migration(migrations.Migration):
    dependencies = [("programme", "0006_standings_delegations_agenda")]

    operations = [migrations.RunPython(rename_statuses, migrations.RunPython.noop)]
