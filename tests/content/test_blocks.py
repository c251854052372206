"""Blocks: complete, refusing what readers could not use, and rendered for all."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.loader import get_template
from wagtail.blocks import StreamBlock, StructBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.models import Document
from wagtail.images.models import Image

from content.blocks import CONTENT_BLOCKS, ContentStream

BLOCKS = dict(CONTENT_BLOCKS)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"/>'

each_block = pytest.mark.parametrize(
    ("name", "block"), CONTENT_BLOCKS, ids=list(BLOCKS)
)


def clean(name, value):
    block = BLOCKS[name]
    return block.clean(block.to_python(value))


def render(name, value):
    block = BLOCKS[name]
    html = block.render(block.to_python(value), {"block_id": "b1"})
    return " ".join(html.split()).replace("> <", "><")


def errors_of(name, value):
    with pytest.raises(StructBlockValidationError) as caught:
        clean(name, value)
    return {
        field: [str(message) for message in getattr(error, "messages", [error])]
        for field, error in caught.value.block_errors.items()
    }


@pytest.fixture
def picture(db):
    return Image.objects.create(title="Tag", file=ContentFile(SVG, name="tag.svg"))


@pytest.fixture
def make_document(db):
    def make(name):
        return Document.objects.create(title=name, file=ContentFile(b"x", name=name))

    return make


@each_block
def test_every_block_has_icon_label_description_preview_and_template(name, block):
    meta = block.meta

    assert meta.icon != "placeholder"
    assert str(meta.label)
    assert str(meta.description).endswith(".")
    assert hasattr(meta, "preview_value")
    assert meta.template == f"content/blocks/{name}.html"
    assert get_template(meta.template)


@each_block
def test_every_preview_renders(db, name, block):
    assert block.render(block.get_preview_value()) is not None


@each_block
def test_argument_and_body_of_the_package_format_are_fields(name, block):
    named = [
        getattr(block.meta, attribute)
        for attribute in ("package_argument", "package_body")
        if hasattr(block.meta, attribute)
    ]

    assert not named or isinstance(block, StructBlock)
    assert set(named) <= set(getattr(block, "child_blocks", {}))


def test_every_directive_of_the_package_format_is_a_block():
    text = (Path(__file__).parents[2] / "docs" / "course-packages.md").read_text(
        "utf-8"
    )
    table = text.split("| directive |")[1].split("\n\n")[0]
    directives = {line.split("`")[1] for line in table.splitlines() if "| `" in line}

    # Lessons alone may also ask again what earlier ones were about.
    blocks = {*BLOCKS, "recall"} - {"text"}
    assert {name.replace("_", "-") for name in blocks} == directives


def test_the_stream_takes_further_blocks():
    extra = StructBlock()

    assert list(ContentStream([("extra", extra)]).child_blocks)[-1] == "extra"
    assert isinstance(ContentStream(), StreamBlock)


def test_a_picture_needs_words_and_a_draft_may_wait_for_them(picture):
    value = {"image": picture.pk, "alt": " ", "caption": ""}

    assert list(errors_of("image", value)) == ["alt"]
    block = BLOCKS["image"]
    assert block.clean_deferred(block.to_python(value))["image"] == picture


def test_a_drawing_stands_as_it_is_with_credit_and_licence(picture):
    html = render(
        "image",
        {
            "image": picture.pk,
            "alt": 'Ein "Tag"',
            "caption": "<p>Ein <b>Tag</b> von Lena</p>",
            "credit": "Redaktion",
            "licence": "CC-BY-SA-4.0",
        },
    )

    assert (
        f'<img src="{picture.file.url}" width="400" height="200" '
        'alt="Ein &quot;Tag&quot;" loading="lazy" decoding="async">'
    ) in html
    assert '<span class="picture-caption">Ein <b>Tag</b> von Lena</span>' in html
    assert (
        '<a href="https://creativecommons.org/licenses/by-sa/4.0/deed.de" '
        'rel="license">CC BY-SA 4.0</a>'
    ) in html


@pytest.mark.parametrize("count", [0, 1])
def test_a_dispute_needs_two_positions(count):
    position = {"holder": "Wer", "text": "<p>Was</p>", "source": "Woher"}
    value = {"question": "Ob?", "positions": [position] * count}

    assert list(errors_of("perspectives", value)) == ["positions"]
    assert clean("perspectives", {**value, "positions": [position] * 2})


def test_a_table_refuses_rows_of_another_length():
    columns = [{"type": "text", "heading": "App"}, {"type": "text", "heading": "will"}]
    block = BLOCKS["table"]
    good = {"columns": columns, "rows": [{"values": ["a", "b"]}], "caption": ""}
    value = block.to_python({"caption": "Apps", "row_headers": True, "table": good})
    assert block.clean(value)

    value["table"].row_data.append({"values": value["table"].row_data[0]["values"][:1]})
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(value)

    assert list(caught.value.block_errors) == ["table"]


def test_the_first_column_can_be_headings():
    html = render(
        "table",
        {
            "caption": "Apps",
            "row_headers": True,
            "table": {
                "columns": [
                    {"type": "text", "heading": "App"},
                    {"type": "text", "heading": "braucht sie"},
                ],
                "rows": [{"values": ["<p>Wetter</p>", "<p>Ort</p>"]}],
            },
        },
    )

    row = '<th scope="row">Wetter</th><td data-label="braucht sie">Ort</td>'
    assert f"<tr>{row}</tr>" in html
    assert "<caption>Apps</caption>" in html


def test_captions_are_webvtt_and_films_are_films(make_document):
    value = {
        "document": make_document("film.pdf").pk,
        "title": "Film",
        "captions": make_document("text.srt").pk,
        "transcript": "<p>Text</p>",
    }
    assert list(errors_of("video", value)) == ["document", "captions"]

    value |= {
        "document": make_document("film.mp4").pk,
        "captions": make_document("text.vtt").pk,
    }
    assert clean("video", value)
    html = render("video", value)
    assert 'type="video/mp4"' in html
    assert 'kind="captions"' in html
    assert "<iframe" not in html


def test_a_recording_is_a_sound_file(make_document):
    value = {"title": "Ton", "transcript": "<p>Text</p>"}

    bad = {**value, "document": make_document("ton.zip").pk}
    assert list(errors_of("audio", bad)) == ["document"]
    assert clean("audio", {**value, "document": make_document("ton.mp3").pk})


def test_a_link_card_links_and_never_embeds():
    value = {"url": "https://www.example.org/film", "title": "Ein Film"}
    html = render("link_card", value)

    assert 'href="https://www.example.org/film"' in html
    assert "Öffnet example.org, eine andere Website" in html
    assert not any(tag in html for tag in ("<iframe", "<video", "<img"))


def test_a_next_step_offers_a_plan_on_paper_and_on_the_device():
    value = {"title": "Nachsehen", "minutes": 5, "text": "<p>Heute.</p>", "plan": True}
    html = render("next_step", value)

    assert 'data-plan="b1"' in html
    assert html.count('class="writing-line"') == 2
    assert "data-plan" not in render("next_step", {**value, "plan": False})


def test_lines_are_as_many_as_asked_for():
    assert render("lines", {"number": 4}).count("writing-line") == 4


def test_a_lab_that_is_not_installed_says_so():
    assert "werbeauktion" in render("lab", {"lab": "werbeauktion"})


def test_sources_name_title_publisher_address_and_day():
    item = {
        "title": "DSGVO",
        "publisher": "EU",
        "url": "https://eur-lex.europa.eu/",
        "accessed": "2026-11-23",
        "note": "<p>Artikel 5</p>",
    }
    html = render("sources", {"items": [item]})

    assert 'href="https://eur-lex.europa.eu/"' in html
    assert "DSGVO" in html
    assert "gelesen am 23.11.2026" in html
    assert "EU" in html
    assert "Artikel 5" in html


@pytest.mark.parametrize(
    "link",
    [
        "page:about",
        "page:courses?setting=schule&level=einstieg",
        "course:datengrabbing",
        "lesson:datengrabbing/spuren",
        "https://example.org/",
    ],
)
def test_cards_take_links_by_name_and_https(link):
    assert clean("cards", {"items": [{"title": "T", "text": "<p>x</p>", "link": link}]})


@pytest.mark.parametrize(
    "link", ["http://example.org/", "javascript:alert(1)", "page:", "lesson:a", "/x/"]
)
def test_cards_refuse_any_other_link(link):
    with pytest.raises(ValidationError):
        clean("cards", {"items": [{"title": "T", "text": "<p>x</p>", "link": link}]})
