"""Values made from content, kept in this process until the content changes.

Menus, routes and rendered bodies are asked for on every page. A shared cache would
unpickle them each time; here they are plain objects. Every key carries the content
generation it was made from, so several workers agree without talking to each other.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")

MAX_ENTRIES = 4000

_entries: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def remembered(key: Hashable, generation: int, make: Callable[[], T]) -> T:
    """Return the value for a key in this generation; make it where it is missing.

    The value must not change afterwards: all requests share it.
    """
    full_key = (generation, key)
    with _lock:
        if full_key in _entries:
            _entries.move_to_end(full_key)
            return _entries[full_key]
    value = make()
    with _lock:
        _entries[full_key] = value
        while len(_entries) > MAX_ENTRIES:
            _entries.popitem(last=False)
    return value


def forget_all() -> None:
    """Drop everything; for tests and for measuring a cold start."""
    with _lock:
        _entries.clear()
