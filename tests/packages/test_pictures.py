"""Pictures in packages are what they are called, stand still and can be opened."""

from io import BytesIO

import pytest
from PIL import Image

from courses.packages.files import image_problem


def write(path, file_format, **options):
    """Write a picture with Pillow."""
    out = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, file_format, **options)
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.parametrize(
    ("name", "file_format"),
    [
        ("foto.jpg", "JPEG"), ("foto.jpeg", "MPO"), ("foto.png", "PNG"),
        ("foto.webp", "WEBP"), ("foto.avif", "AVIF"), ("foto.gif", "GIF"),
    ],
)  # fmt: skip
def test_a_sound_picture_has_no_problem(tmp_path, name, file_format):
    assert image_problem(write(tmp_path / name, file_format)) is None


def test_a_wrong_name_is_told(tmp_path):
    assert image_problem(write(tmp_path / "foto.png", "JPEG")) == (
        "Die Datei heißt .png, enthält aber JPEG."
    )


@pytest.mark.parametrize("file_format", ["PNG", "GIF", "WEBP", "AVIF"])
def test_what_moves_is_refused(tmp_path, file_format):
    more = [Image.new("RGB", (40, 20), "red")]
    path = tmp_path / f"film.{file_format.lower()}"

    write(path, file_format, save_all=True, append_images=more)

    assert image_problem(path) == (
        "Dieses Bild bewegt sich, und niemand könnte es anhalten. "
        "Bitte ein stehendes Bild oder ein Video verwenden."
    )


def test_what_is_cut_off_is_refused(tmp_path):
    path = write(tmp_path / "foto.png", "PNG")
    path.write_bytes(path.read_bytes()[:-30])

    assert image_problem(path) == (
        "Das Bild ist beschädigt und lässt sich nicht öffnen."
    )


def test_what_has_too_many_pixels_is_refused(tmp_path, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100

    assert image_problem(write(tmp_path / "foto.png", "PNG")) == (
        "Das Bild hat zu viele Bildpunkte; bitte verkleinern."
    )
