"""Messages to a group are mailed in the night; those of before were so at once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0022_group_outlives_its_last_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='announcement',
            name='is_mailed',
            field=models.BooleanField(default=True),
        ),
        migrations.AlterField(
            model_name='announcement',
            name='is_mailed',
            field=models.BooleanField(default=False),
        ),
    ]
