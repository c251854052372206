"""A StreamField that keeps block definitions out of migrations.

Wagtail freezes every block into every migration; a new question type would then be a
schema change. To the database the field has always been a plain JSON column, so that is
what a migration gets to see. Historical models read and save the raw list of blocks
unchanged. The price: Wagtail's ``MigrateStreamData`` needs the definitions and does not
work here; use ``content.streams.rewrite_stream`` instead.
"""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field
from wagtail.fields import StreamField


class SlimStreamField(StreamField):
    """StreamField that stands in migrations as ``JSONField``."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Describe the column alone, without any block."""
        name, _path, _args, kwargs = Field.deconstruct(self)
        kwargs["encoder"] = DjangoJSONEncoder
        return name, "django.db.models.JSONField", [], kwargs

    def clone(self) -> "SlimStreamField":
        """Copy the field with its blocks, which ``deconstruct`` leaves out."""
        _name, _path, _args, kwargs = Field.deconstruct(self)
        options = {k: v for k, v in self.block_opts.items() if k != "required"}
        return self.__class__(
            self.block_types_arg,
            block_lookup=self.block_lookup,
            **options,
            **kwargs,
        )
