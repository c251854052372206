"""Plug-in folders: found by looking, never by registering.

A plug-in is a folder with an ``__init__.py`` that defines a marker (``TYPE``, ``LAB``).
Its ``static/`` folder is served under the folder's own name; nothing else in it is.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage
from django.utils._os import safe_join


@cache
def scan(package: ModuleType, marker: str) -> tuple[Any, ...]:
    """Return what ``marker`` names in each plug-in folder, sorted by folder name.

    Folders without the marker are no plug-ins and are skipped. A plug-in that cannot be
    imported raises its own error: better at start than in front of a class.
    """
    names = sorted(m.name for m in pkgutil.iter_modules(package.__path__) if m.ispkg)
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in names]
    return tuple(getattr(m, marker) for m in modules if hasattr(m, marker))


def plugin_roots() -> list[Path]:
    """Return the folders that hold plug-ins."""
    base = Path(settings.BASE_DIR)
    return [base / "courses" / "exercises" / "types", base / "content" / "labs"]


class PluginStorage(FileSystemStorage):
    """A plug-in's static files; ``prefix`` is how Django names their folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(location=folder)
        self.prefix = folder.parent.name


class PluginStaticFinder(BaseFinder):
    """Finds ``<plugin>/static/**`` and serves it as ``<plugin>/**``."""

    def __init__(self, app_names: object = None, *args: Any, **kwargs: Any) -> None:
        self.storages: dict[str, PluginStorage] = {}
        for root in plugin_roots():
            for folder in sorted(root.glob("*/static")):
                self.storages[folder.parent.name] = PluginStorage(folder)
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the file's place on disk, or an empty list."""
        plugin, _slash, inner = path.replace("\\", "/").partition("/")
        storage = self.storages.get(plugin)
        if storage is None or not inner:
            return []
        found = safe_join(storage.location, inner)
        if not Path(found).is_file():
            return []
        return [found] if find_all or kwargs.get("all") else found

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, PluginStorage]]:
        """Yield every file with its storage, for ``collectstatic``."""
        for storage in self.storages.values():
            for path in sorted(_files(storage)):
                if not matches_patterns(path, ignore_patterns or ()):
                    yield path, storage


def _files(storage: PluginStorage) -> Iterator[str]:
    root = Path(storage.location)
    for path in root.rglob("*"):
        if path.is_file():
            yield path.relative_to(root).as_posix()
