"""The slim stream field: invisible to migrations, lossless for historical models."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

from content.models import StandardPage
from content.streams import replace_blocks, rewrite_stream

TEXT = ("text", "<p>Guten Morgen, <b>Hellingen</b></p>")
NEXT = ("next_step", {"title": "Nachsehen", "plan": True, "text": "<p>Heute.</p>"})


def body_field():
    return StandardPage._meta.get_field("body")


def historical_apps():
    return MigrationLoader(connection).project_state().apps


def test_a_migration_sees_a_plain_json_field():
    _name, path, args, kwargs = body_field().deconstruct()

    assert (path, args) == ("django.db.models.JSONField", [])
    assert kwargs["encoder"] is DjangoJSONEncoder
    assert "block_lookup" not in kwargs


def test_a_copy_of_the_field_keeps_its_blocks():
    copy = body_field().clone()

    assert list(copy.stream_block.child_blocks) == list(
        body_field().stream_block.child_blocks
    )
    assert copy.blank == body_field().blank


def test_saving_through_a_historical_model_loses_nothing(make_page):
    page = make_page(TEXT, NEXT)
    before = page.body.get_prep_value()
    old = historical_apps().get_model("content", "StandardPage")

    assert isinstance(old._meta.get_field("body"), models.JSONField)
    row = old.objects.get(pk=page.pk)
    row.summary = "geändert"
    row.save()

    assert StandardPage.objects.get(pk=page.pk).body.get_prep_value() == before


def test_rewriting_changes_rows_and_revisions_of_the_blocks_meant(make_page):
    page = make_page(TEXT, NEXT)
    untouched = make_page(TEXT, slug="andere")
    draft = StandardPage.objects.get(pk=page.pk)
    draft.title = "Entwurf"
    draft.save_revision()

    def without_plan(block):
        return {**block, "value": {**block["value"], "plan": False}}

    changed = rewrite_stream(
        historical_apps(),
        ("content", "StandardPage"),
        "body",
        lambda blocks: replace_blocks(blocks, "next_step", without_plan),
    )

    page = StandardPage.objects.get(pk=page.pk)
    assert changed == 3  # the row, the published revision, the draft
    assert page.body[1].value["plan"] is False
    assert page.body[0].value.source == TEXT[1]
    latest = page.get_latest_revision_as_object()
    assert (latest.title, latest.body[1].value["plan"]) == ("Entwurf", False)
    assert StandardPage.objects.get(pk=untouched.pk).body[0].value.source == TEXT[1]


def test_rewriting_twice_changes_nothing_the_second_time(make_page):
    make_page(TEXT)

    def shout(blocks):
        return replace_blocks(blocks, "text", lambda b: {**b, "value": "<p>Ja</p>"})

    model = ("content", "StandardPage")
    assert rewrite_stream(historical_apps(), model, "body", shout) == 2
    assert rewrite_stream(historical_apps(), model, "body", shout) == 0
