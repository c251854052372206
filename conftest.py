"""Set-up shared by all tests, also those inside plug-in folders."""

import gc
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.conf import settings
from django.core.cache import caches
from django.db import connections, transaction
from django.test import override_settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

if TYPE_CHECKING:
    from learnsite.accounts.models import User

# Django leaves few cycles behind; looking for them took a sixth of the time.
gc.set_threshold(100_000, 20, 100)

# Speed is measured in benchmarks; a slow machine must not fail a property.
hypothesis_settings.register_profile(
    "project",
    deadline=None,
    # In CI a landing must not hang on the luck of a seed; elsewhere search goes on.
    derandomize="CI" in os.environ,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "40")),
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("project")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Give each worker a copy of one migrated database instead of migrating again."""
    from tests.databases import migrated_copy  # noqa: PLC0415 - needs settings

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    wanted = migrated_copy(f"unit-{os.getpid()}-{worker}")
    settings.DATABASES["default"].update(wanted)
    connections["default"].settings_dict.update(wanted)
    yield
    connections.close_all()


@pytest.fixture
def commits(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Let a test commit, for what happens in several connections at once.

    Other tests of the worker come after it: whoever makes rows removes them again. What
    stays behind of the removed, entries of erasures, goes here.
    """
    from learnsite.accounts.models import Tombstone  # noqa: PLC0415 - needs settings

    with django_db_blocker.unblock():
        yield
        Tombstone.objects.all().delete()
        connections["default"].close()


@pytest.fixture(scope="module")
def module_rows(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[DjangoDbBlocker]:
    """Open a transaction around the tests of a module, for rows that many of them need.

    Publishing a course takes longer than most tests. The transaction of each test is a
    savepoint in this one: all begin with the same rows, and none sees another's. Take
    what it returns to make the rows in a fixture of a module, and read them anew in one
    of a test: objects are not rolled back.
    """
    _forget()
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
    yield django_db_blocker
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(scope="module")
def shipped_library(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """Let the tests of a module meet a database with all shipped courses.

    It is a copy: importing them takes longer than a hundred tests. Yields the folder
    of their media.
    """
    from tests.databases import library_copy  # noqa: PLC0415 - needs settings

    connection, media = connections["default"], tmp_path_factory.mktemp("media")
    before = dict(connection.settings_dict)
    with override_settings(MEDIA_ROOT=media):
        with django_db_blocker.unblock():
            connection.close()
            name = f"shipped-{os.getpid()}"
            connection.settings_dict.update(library_copy(name, media))
        yield media
        with django_db_blocker.unblock():
            connection.close()
            connection.settings_dict.update(before)


@pytest.fixture
def admin_user(admin_user: "User") -> "User":
    """Let who may do everything have the second factor that the CMS asks for."""
    from tests.factories import with_second_factor  # noqa: PLC0415 - needs settings

    return with_second_factor(admin_user)


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """No test sees what another left in memory."""
    _forget()


def _forget() -> None:
    from content.memory import forget_all  # noqa: PLC0415 - needs settings

    for each in caches.all(initialized_only=True):
        each.clear()
    forget_all()
    translation.deactivate()  # a request in another language leaves it behind


@pytest.fixture
def in_november() -> Iterator[None]:
    """Let it be November 2026, for days written into tests that would run out."""
    with time_machine.travel(datetime(2026, 11, 25, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Let threads interrupt each other all the time, as on a busy server."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)
