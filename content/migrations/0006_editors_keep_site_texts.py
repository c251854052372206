"""Let Wagtail's groups of editors keep what texts share: terms, sources, step cards."""

from django.db import migrations

MODELS = ("glossaryterm", "source", "stepcard")
#: Whoever deletes one changes many pages at once; that is for those who publish.
ACTIONS = {"Editors": ("add", "change"), "Moderators": ("add", "change", "delete")}


def allow(apps, schema_editor):
    """Give the permissions; Django makes its own rows for them only afterwards."""
    content_types = apps.get_model("contenttypes", "ContentType")
    permissions = apps.get_model("auth", "Permission")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ACTIONS):
        for model in MODELS:
            content_type, _made = content_types.objects.get_or_create(
                app_label="content", model=model
            )
            name = apps.get_model("content", model)._meta.verbose_name
            for action in ACTIONS[group.name]:
                permission, _made = permissions.objects.get_or_create(
                    content_type=content_type,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {name}"},
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0005_step_cards"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
