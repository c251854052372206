"""The store of rooms where several processes of one machine serve the site.

Django's cache in files, but for two things: ``add`` is one step, so that two pupils who
join at once never get the same seat, and nothing is thrown out to make room, because
counts stand nowhere else. What has expired is taken off the disk.
"""

import os
import tempfile
import time
from collections.abc import Callable
from typing import Any, BinaryIO

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.filebased import FileBasedCache

SWEEP_SECONDS = 600


class RoomFiles(FileBasedCache):
    """A folder of small files, one for each seat, answer and room."""

    _swept = 0.0
    # Django's own, which its types leave out.
    _dir: str
    _createdir: Callable[[], None]
    _write_content: Callable[[BinaryIO, Any, Any], None]
    _key_to_file: Callable[[Any, int | None], str]
    _list_cache_files: Callable[[], list[str]]
    _is_expired: Callable[[BinaryIO], bool]

    def __init__(self, dir: str, params: dict[str, Any]) -> None:
        """Make no folder yet: commands run where the service is not running, too."""
        BaseCache.__init__(self, params)
        self._dir = os.path.abspath(dir)

    def add(
        self,
        key: Any,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Write what is not there yet; of several at once only one succeeds."""
        if self.has_key(key, version):  # which removes what has expired
            return False
        self._cull()
        self._createdir()
        handle, path = tempfile.mkstemp(dir=self._dir)
        try:
            with open(handle, "wb") as file:
                self._write_content(file, timeout, value)
            os.link(path, self._key_to_file(key, version))
        except FileExistsError:
            return False
        finally:
            os.remove(path)
        return True

    def _cull(self) -> None:
        """Take away what has expired, now and then, and nothing else."""
        now = time.monotonic()
        if now - self._swept > SWEEP_SECONDS:
            self._swept = now
            self.sweep()

    def sweep(self) -> None:
        """Take away every file that has expired."""
        for path in self._list_cache_files():
            try:
                with open(path, "rb") as file:
                    self._is_expired(file)
            except FileNotFoundError:
                continue  # another process was quicker
