from datetime import timedelta

from django.db import migrations, models
from django.db.models import F, Q


def keep_for_the_last_day(apps, schema_editor):
    """Move the day of deletion behind the last day where both were one."""
    group = apps.get_model("courses", "Group")
    for row in group.objects.filter(delete_on__lte=F("ends")):
        row.delete_on = row.ends + timedelta(days=1)
        row.save(update_fields=["delete_on"])


class Migration(migrations.Migration):
    dependencies = [("courses", "0021_announced_erasures")]

    operations = [
        migrations.RunPython(keep_for_the_last_day, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="group", name="a_group_begins_ends_and_goes"
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=Q(starts__lte=F("ends")) & Q(ends__lt=F("delete_on")),
                name="a_group_begins_ends_and_goes",
            ),
        ),
    ]
