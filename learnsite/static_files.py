"""Static files: what browsers get as one file, and names that change with content."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


def joined_styles() -> dict[str, list[Path]]:
    """Return the stylesheets that browsers get as one file, by its static path.

    Those of question types are found in their folders. One file for all of them costs
    a lesson a few kilobytes, once, and spares it a request for each type.
    """
    base = Path(settings.BASE_DIR)
    site = base / "learnsite" / "static" / "css"
    types = base / "courses" / "exercises" / "types"
    return {
        "css/site.css": [site / "base.css", site / "components.css"],
        "css/exercises.css": sorted(types.glob("*/static/*.css")),
    }


class TemporaryStorage(FileSystemStorage):
    """A folder of its own that ends with the process."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="learnsite-styles-")
        super().__init__(location=self._folder.name)


class JoinedStyleFinder(BaseFinder):
    """Finds :func:`joined_styles`, put together in a temporary folder.

    Django and WhiteNoise want a place on disk. Each time a file is looked for it is put
    together anew, so that in development an edit is seen.
    """

    def __init__(self, app_names: object = None, *args: Any, **kwargs: Any) -> None:
        self._storage = TemporaryStorage()
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the file's place on disk, or an empty list."""
        parts = joined_styles().get(path.replace("\\", "/"))
        if parts is None:
            return []
        found = str(self._write(path, parts))
        return [found] if find_all or kwargs.get("all") else found

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield every file with its storage, for ``collectstatic``."""
        for path, parts in joined_styles().items():
            if not matches_patterns(path, ignore_patterns or ()):
                self._write(path, parts)
                yield path, self._storage

    def _write(self, path: str, parts: Iterable[Path]) -> Path:
        """Put a file together; one that is the same keeps its time of change."""
        text = "\n".join(part.read_text("utf-8") for part in parts)
        file = Path(self._storage.path(path))
        if not file.is_file() or file.read_text("utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            # In one step, from a name of its own: another thread may read it or write.
            with NamedTemporaryFile(dir=file.parent, delete=False) as new:
                new.write(text.encode())
            Path(new.name).replace(file)
        return file


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Names each file by its content, also where one ES module imports another.

    Otherwise a browser would keep an old shared module beside a new one that needs it.
    """

    support_js_module_import_aggregation = True
