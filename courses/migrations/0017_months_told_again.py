import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery

import courses.training.models


def fill(apps, schema_editor):
    """Take units from the list of today, and months of writing from the evidence."""
    assigned = apps.get_model("courses", "Assigned")
    employee = apps.get_model("courses", "Employee")
    evidence = apps.get_model("courses", "Evidence")
    assigned.objects.filter(until__lte=F("since")).delete()
    unit = employee.objects.filter(pk=OuterRef("employee")).values("unit")[:1]
    assigned.objects.update(unit=Subquery(unit))
    evidence.objects.update(noted=F("month"))
    later = evidence.objects.filter(
        employee=OuterRef("employee"),
        course_key=OuterRef("course_key"),
        month=OuterRef("month"),
        version__gt=OuterRef("version"),
    )
    doubled = evidence.objects.filter(models.Exists(later))
    evidence.objects.filter(pk__in=list(doubled.values_list("pk", flat=True))).delete()


class Migration(migrations.Migration):
    # SQLite and PostgreSQL alike: rows first, then what they must keep to.
    atomic = False

    dependencies = [("courses", "0016_reminders")]

    operations = [
        migrations.AddField(
            model_name="assigned",
            name="unit",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="assigned",
                to="courses.unit",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="noted",
            field=models.DateField(
                default=courses.training.models.this_month, editable=False
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="assigned",
            name="unit",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="assigned",
                to="courses.unit",
            ),
        ),
        migrations.RemoveConstraint(model_name="assigned", name="assigned_once"),
        migrations.RemoveConstraint(
            model_name="assigned", name="assigned_since_before_until"
        ),
        migrations.RemoveConstraint(model_name="evidence", name="one_evidence_a_month"),
        migrations.AddConstraint(
            model_name="assigned",
            constraint=models.UniqueConstraint(
                condition=Q(until__isnull=True),
                fields=("assignment", "employee"),
                name="assigned_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="assigned",
            constraint=models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="assigned_since_before_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("employee", "course_key", "month"), name="one_evidence_a_month"
            ),
        ),
    ]
