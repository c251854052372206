"""Files of packages as pictures and documents of the CMS, found again by content."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from content.images import strip_metadata

from .files import MEDIA_NAME, Folder, digest


def bytes_of(folder: Folder, kind: str, name: str) -> bytes:
    """Return what the CMS will keep of a file: pictures lose their metadata."""
    content = folder.content(name)
    is_raster = kind == "image" and not name.lower().endswith(".svg")
    return strip_metadata(content) if is_raster else content


@dataclass
class MediaStore:
    """Brings the files of one package into the CMS, each content once.

    With ``rehearsal`` rows are made without files, for a transaction that is undone.
    """

    folder: Folder
    package: str
    rehearsal: bool = False
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    written: list[tuple[Any, str]] = field(default_factory=list)

    def number(self, kind: str, name: str) -> int:
        """Return the number of a file's picture or document, made if need be."""
        key = (kind, name)
        if key not in self.numbers:
            self.numbers[key] = self._find_or_create(kind, name)
        return self.numbers[key]

    def undo(self) -> None:
        """Delete the files written so far, when their rows are rolled back."""
        for storage, name in self.written:
            storage.delete(name)
        self.written.clear()

    def hashed_name(self, kind: str, name: str | None) -> str | None:
        """Return a name that changes with the content and only with it."""
        if not name:
            return None
        return f"media/{digest(bytes_of(self.folder, kind, name))}"

    def _find_or_create(self, kind: str, name: str) -> int:
        model = get_image_model() if kind == "image" else get_document_model()
        content = bytes_of(self.folder, kind, name)
        found = model.objects.filter(file_hash=digest(content)).order_by("pk").first()
        return found.pk if found else self._create(model, kind, name, content)

    def _create(self, model: Any, kind: str, name: str, content: bytes) -> int:
        base = name.removeprefix("media/")
        facts = {
            "title": f"{self.package}/{base}",
            "file_size": len(content),
            "file_hash": digest(content),
        }
        if self.rehearsal:
            size = {"width": 8, "height": 8} if kind == "image" else {}
            instance = model(file=base, **facts, **size)
            return model.objects.bulk_create([instance])[0].pk
        instance = model(file=ContentFile(content, name=base), **facts)
        instance.save()
        self.written.append((instance.file.storage, instance.file.name))
        return instance.pk


class MediaNames:
    """Names for pictures and documents of the CMS as files of one package."""

    def __init__(self) -> None:
        self.files: dict[str, Any] = {}
        self.names: dict[tuple[str, int], str | None] = {}

    def name(self, kind: str, number: int | None) -> str | None:
        """Return the file's name in the package; None for a file that is gone."""
        key = (kind, number or 0)
        if key not in self.names:
            instance = find_file(kind, number)
            self.names[key] = self._free_name(instance) if instance else None
        return self.names[key]

    def _free_name(self, instance: Any) -> str:
        base = instance.title.rpartition("/")[2]
        if not MEDIA_NAME.fullmatch(f"media/{base}"):
            base = instance.file.name.rpartition("/")[2]
        base = re.sub(r"[^A-Za-z0-9._-]", "-", base).lstrip("._-")
        stem, _dot, extension = base.rpartition(".")
        name, number = f"media/{base}", 2
        while name in self.files:
            name, number = f"media/{stem}-{number}.{extension}", number + 1
        self.files[name] = instance
        return name


class MediaHashes:
    """Names that change with the content of a file and only with it."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, int], str | None] = {}

    def name(self, kind: str, number: int | None) -> str | None:
        """Return the name; None for a file that is gone."""
        key = (kind, number or 0)
        if key not in self.names:
            instance = find_file(kind, number)
            self.names[key] = f"media/{instance.get_file_hash()}" if instance else None
        return self.names[key]


def find_file(kind: str, number: int | None) -> Any:
    """Return a picture or document of the CMS, or None."""
    model = get_image_model() if kind == "image" else get_document_model()
    return model.objects.filter(pk=number).first() if number else None
