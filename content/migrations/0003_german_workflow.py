from django.db import migrations

WAGTAILS_NAME = "Moderators approval"


def name_in_german(apps, schema_editor):
    """Give the workflow that Wagtail starts with, and its task, a German name.

    Whoever has renamed or replaced it keeps what they chose.
    """
    for model in ("Workflow", "Task"):
        rows = apps.get_model("wagtailcore", model).objects
        rows.filter(name=WAGTAILS_NAME).update(name="Freigabe")


class Migration(migrations.Migration):

    dependencies = [
        ("content", "0002_claim_of_each_language"),
        ("wagtailcore", "0048_add_default_workflows"),
    ]

    operations = [
        migrations.RunPython(name_in_german, migrations.RunPython.noop),
    ]
