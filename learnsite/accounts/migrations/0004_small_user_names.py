"""User names are stored small; those of before were so as they were typed."""

from django.db import migrations


def write_small(apps, schema_editor):
    """Write names small. A name that somebody else has so stays: the CMS mends it."""
    user = apps.get_model("accounts", "User")
    names = user.objects.exclude(username=None).values_list("pk", "username")
    taken = {name for _pk, name in names}
    for pk, name in names:
        small = name.lower()
        if small not in taken:
            user.objects.filter(pk=pk).update(username=small)
            taken.add(small)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_picture_pin'),
    ]

    operations = [
        migrations.RunPython(write_small, migrations.RunPython.noop),
    ]
