"""Rewriting stored streams of blocks in data migrations.

Wagtail's ``MigrateStreamData`` needs block definitions in migrations, which
``SlimStreamField`` leaves out. This walks the stored JSON instead.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

Blocks = list[dict[str, Any]]


def rewrite_stream(
    apps: Any, model: tuple[str, str], field: str, fn: Callable[[Blocks], Blocks]
) -> int:
    """Rewrite a stream field in all rows and revisions; return how many changed.

    ``model`` is (app label, model name) and ``fn`` gets and returns the raw list of
    blocks (``type``, ``value``, ``id``). The migration must depend on a migration of
    ``wagtailcore`` and of ``contenttypes``. Side effect: updates rows without touching
    any other column; no signal is sent.
    """
    return _rewrite_rows(apps, model, field, fn) + _rewrite_revisions(
        apps, model, field, fn
    )


def replace_blocks(
    blocks: Blocks, block_type: str, fn: Callable[[dict[str, Any]], dict[str, Any]]
) -> Blocks:
    """Return the blocks with ``fn`` applied to each block of one type."""
    return [fn(block) if block["type"] == block_type else block for block in blocks]


def _rewrite_rows(
    apps: Any, model: tuple[str, str], field: str, fn: Callable[[Blocks], Blocks]
) -> int:
    rows = apps.get_model(*model).objects
    changed = 0
    for pk, stored in rows.values_list("pk", field).iterator():
        before = _raw(stored)
        after = fn(json.loads(json.dumps(before)))
        if after != before:
            changed += rows.filter(pk=pk).update(**{field: after})
    return changed


def _rewrite_revisions(
    apps: Any, model: tuple[str, str], field: str, fn: Callable[[Blocks], Blocks]
) -> int:
    changed = 0
    for revision in _revisions(apps, model):
        if field not in revision.content:
            continue
        before = _raw(revision.content[field])
        after = fn(json.loads(json.dumps(before)))
        if after != before:
            # Revisions keep a stream as a string of JSON within their JSON.
            revision.content[field] = json.dumps(after)
            revision.save(update_fields=["content"])
            changed += 1
    return changed


def _revisions(apps: Any, model: tuple[str, str]) -> Iterator[Any]:
    label, name = model
    types = apps.get_model("contenttypes", "ContentType").objects
    content_type = types.filter(app_label=label, model=name.lower()).first()
    if content_type is None:
        return iter(())
    revisions = apps.get_model("wagtailcore", "Revision").objects
    return revisions.filter(content_type=content_type).iterator()


def _raw(stored: Any) -> Blocks:
    if hasattr(stored, "get_prep_value"):  # a live StreamValue
        stored = stored.get_prep_value()
    return json.loads(stored) if isinstance(stored, str) else stored
