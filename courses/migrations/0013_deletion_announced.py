from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0012_training'),
    ]

    operations = [
        migrations.AddField(
            model_name='group',
            name='deletion_announced',
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
