"""WeasyPrint, loaded only where it is needed: it wants the system library Pango."""

from types import ModuleType

from PIL import ImageFile


def weasyprint() -> ModuleType:
    """Return the library; raises OSError where Pango is missing.

    Loading it tells Pillow to take pictures that are cut off, for the whole process.
    Uploads refuse those, so that is undone.
    """
    import weasyprint as library  # noqa: PLC0415 - needs Pango

    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return library
