"""What is saved several times in one go is indexed once, and all of it."""

import pytest
from django.core.exceptions import ValidationError
from django_tasks.signals import task_started
from wagtail.models import Page, ReferenceIndex

from content.indexing import indexed_once
from tests import factories


@pytest.fixture
def started():
    """Return the tasks that ran, each by name and arguments."""
    seen = []

    def note(task_result, **_signal):
        seen.append((task_result.task.module_path, *task_result.args))

    task_started.connect(note)
    yield seen
    task_started.disconnect(note)


@pytest.fixture
def page(db):
    """Return a lesson."""
    return factories.lesson(factories.world().course())


def test_saved_three_times_is_indexed_once(page, started):
    with indexed_once():
        for title in ("Eins", "Zwei", "Nebelhorn"):
            page.title = title
            page.save()
        assert started == []
    assert len(started) == len(set(started)) == 2
    assert [each.pk for each in Page.objects.all().search("Nebelhorn")] == [page.pk]


def test_what_a_page_names_is_found_when_it_was_made_later(page):
    with indexed_once():
        page.body = [
            ("text", '<p><a linktype="card" id="pdf">Als PDF</a></p>'),
        ]
        page.save()
        card = factories.step_card("pdf")
    assert ReferenceIndex.get_references_to(card).count() == 1


def save_then_fail(page):
    page.save()
    page.title = ""
    page.save()


def test_an_error_leaves_the_index_alone(page, started):
    with pytest.raises(ValidationError), indexed_once():
        save_then_fail(page)
    assert started == []


def test_afterwards_each_change_is_indexed_at_once(page, started):
    with indexed_once():
        pass
    page.save()
    assert len(started) == 2
