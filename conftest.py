"""Set-up shared by all tests, also those inside plug-in folders."""

import gc
import os
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

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


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """No test sees what another left in memory."""
    from content.memory import forget_all  # noqa: PLC0415 - needs settings

    cache.clear()
    forget_all()
    translation.deactivate()  # a request in another language leaves it behind


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Let threads interrupt each other all the time, as on a busy server."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)
