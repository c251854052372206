"""Bodies: rendered once per content, with anchors, without learners."""

import pytest
from wagtail import blocks

from content.blocks import ContentStream
from content.generation import current_generation
from content.rendering import render_stream
from tests import factories


class Question(blocks.StructBlock):
    """Stands for an exercise: knows nothing of this package."""

    key = blocks.CharBlock()

    class Meta:
        stateful = True


@pytest.fixture
def photo(db):
    return factories.photo()


def html_of(page, generation=None):
    return [
        segment.html
        for segment in render_stream(page.body, key=page.pk, generation=generation)
    ]


def test_each_block_can_be_jumped_to(make_page):
    page = make_page(("key_point", {"title": "Merke", "text": "<p>Das.</p>"}))
    block_id = page.body[0].id

    (segment,) = render_stream(page.body, key="k", generation=None)

    assert segment.block_id == block_id
    assert segment.html.startswith(
        f'<div class="block block-key-point" id="b-{block_id[:8]}">'
    )


def test_a_block_with_state_comes_back_as_a_reference(db):
    stream = ContentStream([("question", Question())]).to_python(
        [
            {"type": "text", "value": "<p>Vorher</p>", "id": "a" * 36},
            {"type": "question", "value": {"key": "frage"}, "id": "b" * 36},
        ]
    )

    text, question = render_stream(stream, key="k", generation=None)

    assert (text.is_stateful, question.is_stateful) == (False, True)
    assert question.html is None
    assert question.value["key"] == "frage"
    assert question.block_type == "question"


def test_a_body_is_rendered_once_per_content(make_page, django_assert_num_queries):
    page = make_page(("text", "<p>Hallo</p>"))
    generation = current_generation()
    first = render_stream(page.body, key=page.pk, generation=generation)

    with django_assert_num_queries(0):
        assert render_stream(page.body, key=page.pk, generation=generation) is first

    again = render_stream(page.body, key=page.pk, generation=generation + 1)
    assert again is not first


def test_a_preview_is_never_kept(make_page):
    page = make_page(("text", "<p>Hallo</p>"))
    html_of(page)
    page.body[0].value = blocks.RichTextBlock().to_python("<p>Neu</p>")

    assert "Neu" in html_of(page)[0]


def test_photos_become_webp_in_several_widths_and_only_the_first_loads_at_once(
    make_page, photo
):
    value = {"image": photo.pk, "alt": "Ein Foto"}
    first, second = html_of(make_page(("image", value), ("image", value)))

    assert first.count(".webp") == 4  # src and three widths
    assert "480w" in first
    assert "1200w" in first
    assert 'width="1200" height="675"' in first
    assert "loading" not in first
    assert 'loading="lazy"' in second


def test_publishing_makes_the_renditions(make_page, photo):
    make_page(("image", {"image": photo.pk, "alt": "Ein Foto"}))

    assert photo.renditions.count() == 3


def test_a_missing_file_leaves_the_rest_of_the_page(make_page, photo):
    page = make_page(("text", "<p>Da</p>"))
    photo.file.storage.delete(photo.file.name)
    photo.renditions.all().delete()
    page.body.append(("image", {"image": photo, "alt": "Weg", "caption": ""}))

    html = "".join(html_of(page))

    assert "Da" in html
    assert "<img" not in html
