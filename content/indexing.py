"""What is written many times in one go is indexed once.

Wagtail asks for two tasks whenever a row is saved, one for its search and one for the
list of what refers to what. Publishing saves a page three times.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task
from django_tasks.utils import get_random_id

#: Tasks that read a row anew and say the same however often they run.
INDEXING = {
    "wagtail.tasks.update_reference_index_task",
    "modelsearch.tasks.insert_or_update_object_task",
}

Call = tuple[str, tuple[Any, ...]]

_waiting: ContextVar[dict[Call, Task[..., Any]] | None] = ContextVar(
    "waiting", default=None
)


class Backend(ImmediateBackend):
    """Runs tasks at once, those of an index when :func:`indexed_once` ends."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult[Any]:
        """Run a task, or note it for later."""
        waiting = _waiting.get()
        if waiting is None or kwargs or task.module_path not in INDEXING:
            return super().enqueue(task, args, kwargs)
        waiting[task.module_path, tuple(args)] = task
        return _ready(task, args, self.alias)


def _ready(task: Any, args: Any, alias: str) -> TaskResult[Any]:
    return TaskResult(
        task=task,
        id=get_random_id(),
        status=TaskResultStatus.READY,
        enqueued_at=None,
        started_at=None,
        last_attempted_at=None,
        finished_at=None,
        args=args,
        kwargs={},
        backend=alias,
        errors=[],
        worker_ids=[],
    )


@contextmanager
def indexed_once() -> Iterator[None]:
    """Index what is saved here once, at the end; nothing where an error ends it.

    Until then neither the search nor the list of references knows of it, so this
    belongs around writing alone. It has to end within the transaction.
    """
    waiting: dict[Call, Task[..., Any]] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for (_name, args), task in waiting.items():
        task.enqueue(*args)
