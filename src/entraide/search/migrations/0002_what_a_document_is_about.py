from django.db import migrations, models


class Migration(migrations.Migration):
    """What a document is called and about, beside its terms."""

    dependencies = [
        ("search", "0001_initial"),
    ]

    operations = [
        migrations.AddField("document", "head", models.TextField(default="")),
        migrations.AddField("document", "states", models.CharField(default="", max_length=200)),
        migrations.AddField("document", "years", models.CharField(default="", max_length=200)),
        migrations.AddField("document", "day", models.DateField(null=True)),
        migrations.AddField("document", "place", models.SmallIntegerField(default=0)),
    ]
