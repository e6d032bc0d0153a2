"""Puts the commitments recorded before there were lists into them."""

from collections import Counter

from django.db import migrations

EARLIEST = "0001-01-01"


def fill_lists(apps, schema_editor):
    """Do what `services.listing.enter_lists` does, with the tables as they are at this step."""
    database = schema_editor.connection.alias
    commitments = apps.get_model("programme", "Commitment").objects.using(database)
    listings = apps.get_model("programme", "CommitmentListing")
    tallies = apps.get_model("programme", "CommitmentTally")
    states = {}
    for mechanism, state in (
        apps.get_model("programme", "MechanismParty").objects.using(database).values_list("mechanism_id", "state")
    ):
        states.setdefault(mechanism, set()).add(state)
    counts = Counter()
    for row in commitments.select_related("meeting", "instrument").iterator(chunk_size=500):
        days = [origin.sort_date for origin in (row.meeting, row.instrument) if origin and origin.sort_date]
        begins = f"{row.period[:4]}-01-01" if row.period[:4].isdigit() and int(row.period[:4]) else EARLIEST
        row.listed_on = days[0] if days else begins
        row.save(update_fields=["listed_on"])
        listings.objects.using(database).bulk_create(
            listings(scope=scope, commitment=row, listed_on=row.listed_on, domain=row.domain, status=row.status)
            for scope in ("", *sorted(states.get(row.mechanism_id, ())))
        )
        counts[row.mechanism_id, row.domain, row.status] += 1
    tallies.objects.using(database).bulk_create(
        tallies(mechanism_id=mechanism, domain=domain, status=status, change=change)
        for (mechanism, domain, status), change in counts.items()
    )


class Migration(migrations.Migration):
    dependencies = [("programme", "0002_lists_of_commitments")]

    operations = [migrations.RunPython(fill_lists, migrations.RunPython.noop)]
