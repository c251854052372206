"""Uploaded files: served safely, with ranges, and free of metadata."""

import gzip
from io import BytesIO
from zlib import crc32

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo
from wagtail.images.forms import get_image_form
from wagtail.images.models import Image

from content.images import EditorImageForm, strip_metadata


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (tmp_path / "secret.txt").write_text("geheim", encoding="utf-8")
    (settings.MEDIA_ROOT / "ton.mp3").write_bytes(b"0123456789")
    (settings.MEDIA_ROOT / "bild.svg").write_bytes(b"<svg/>")
    (settings.MEDIA_ROOT / "seite.html").write_bytes(b"<script>1</script>")
    (settings.MEDIA_ROOT / "verweis.txt").symlink_to(tmp_path / "secret.txt")
    return settings.MEDIA_ROOT


def body(response):
    return b"".join(response.streaming_content)


@pytest.mark.django_db
def test_a_file_is_served_without_any_power(client, files):
    response = client.get("/media/bild.svg")

    assert (response.status_code, response.content) == (200, b"<svg/>")
    assert response["Content-Type"] == "image/svg+xml"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    assert response["Cache-Control"] == "public, max-age=604800"


@pytest.mark.django_db
def test_a_drawing_is_compressed(client, files):
    drawing = b"<svg>" + b"<path d='M0 0'/>" * 200 + b"</svg>"
    (files / "gross.svg").write_bytes(drawing)

    packed = client.get("/media/gross.svg", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/media/gross.svg")

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == drawing
    assert "Accept-Encoding" in packed["Vary"]
    assert plain.content == drawing


@pytest.mark.django_db
def test_a_large_drawing_is_never_in_memory_as_a_whole(client, files):
    (files / "karte.svg").write_bytes(b"<svg>" + b" " * 1_000_000 + b"</svg>")

    response = client.get("/media/karte.svg")

    assert response.streaming
    assert response["Content-Length"] == "1000011"


@pytest.mark.django_db
def test_a_page_among_the_files_is_only_a_download(client, files):
    response = client.get("/media/seite.html")

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "%2e%2e/secret.txt", "verweis.txt", "nie.txt", ".", "a\0b"],
)
def test_nothing_outside_the_folder_is_served(client, files, path):
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "status", "content", "content_range"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("nonsense", 200, b"0123456789", None),
        ("bytes=" + "9" * 5000 + "-", 200, b"0123456789", None),
        ("bytes=-" + "9" * 5000, 200, b"0123456789", None),
    ],
)
def test_media_can_seek(client, files, asked, status, content, content_range):
    response = client.get("/media/ton.mp3", headers={"range": asked})

    assert (response.status_code, body(response)) == (status, content)
    assert response.get("Content-Range") == content_range
    assert response["Content-Length"] == str(len(content))


@pytest.mark.django_db
def test_a_range_beyond_the_end_is_refused(client, files):
    response = client.get("/media/ton.mp3", headers={"range": "bytes=10-"})

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */10")


@pytest.mark.django_db
def test_an_unchanged_file_is_not_sent_again(client, files):
    modified = client.get("/media/ton.mp3")["Last-Modified"]

    response = client.get("/media/ton.mp3", headers={"if-modified-since": modified})

    assert response.status_code == 304


FORMATS = ["JPEG", "MPO", "PNG", "WEBP", "AVIF"]
EXTENSIONS = {"JPEG": "jpg", "MPO": "jpg"}


def photo(file_format="JPEG", *, with_place=True):
    out = BytesIO()
    picture = Pillow.new("RGB", (40, 20), "teal")
    exif = Pillow.Exif()
    if with_place:
        exif[0x0112] = 6  # stored lying down, to be shown upright
        exif[0x010F] = "Kamera von Lena"
        exif.get_ifd(0x8825)[1] = "N"
    options = {"exif": exif} if with_place else {}
    if file_format == "MPO":
        options |= {"save_all": True, "append_images": [picture]}
    picture.save(out, file_format, **options)
    return out.getvalue()


def moving(file_format):
    first, second = (Pillow.new("RGB", (8, 8), colour) for colour in ("red", "blue"))
    out = BytesIO()
    first.save(out, file_format, save_all=True, append_images=[second], duration=100)
    return out.getvalue()


@pytest.mark.parametrize("file_format", FORMATS)
def test_an_upload_loses_place_and_camera_and_stands_upright(db, file_format):
    name = f"foto.{EXTENSIONS.get(file_format, file_format.lower())}"
    upload = SimpleUploadedFile(name, photo(file_format))
    image = Image.objects.create(title="Foto", file=upload)

    stored = Image.objects.get(pk=image.pk)
    with stored.file.open() as file:
        content = file.read()
    kept = Pillow.open(BytesIO(content))
    assert b"Kamera von Lena" not in content
    assert not kept.getexif()
    assert kept.size == (20, 40)
    assert getattr(kept, "n_frames", 1) == 1
    assert (stored.width, stored.height, stored.file_size) == (20, 40, len(content))


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_picture_without_metadata_stays_byte_for_byte(file_format):
    bare = photo(file_format, with_place=False)

    assert strip_metadata(bare) == bare


@pytest.mark.parametrize("file_format", FORMATS)
def test_stripping_twice_is_stripping_once(file_format):
    once = strip_metadata(photo(file_format))

    assert strip_metadata(once) == once


def test_a_comment_in_a_gif_goes():
    out = BytesIO()
    picture = Pillow.new("RGB", (8, 8), "teal")
    picture.save(out, "GIF", comment=b"von Lena")

    stripped = strip_metadata(out.getvalue())

    assert b"von Lena" in out.getvalue()
    assert b"Lena" not in stripped
    assert Pillow.open(BytesIO(stripped)).convert("RGB").getpixel((3, 3)) == (
        0,
        128,
        128,
    )
    assert strip_metadata(stripped) == stripped


def png_with(part):
    """Return a PNG with one more part before its end."""
    content = photo("PNG", with_place=False)
    return content[:-12] + part + content[-12:]


@pytest.mark.parametrize(
    "hidden",
    [
        photo(with_place=False) + b"Film von Lena",
        photo(with_place=False)[:2]
        + b"\xff\xeb\x00\x0avon Lena"
        + photo(with_place=False)[2:],
        photo("PNG", with_place=False) + b"Film von Lena",
        png_with(b"\x00\x00\x00\x08caBXvon Lena" + crc32(b"caBXvon Lena").to_bytes(4)),
    ],
    ids=["behind a JPEG", "maker's part", "behind a PNG", "private part"],
)
def test_what_pillow_passes_over_goes_too(hidden):
    stripped = strip_metadata(hidden)

    assert b"Lena" in hidden
    assert b"Lena" not in stripped
    assert strip_metadata(stripped) == stripped


def test_a_lossless_webp_stays_lossless():
    picture = Pillow.effect_noise((16, 16), 90).convert("RGB")
    exif = Pillow.Exif()
    exif[0x010F] = "Kamera von Lena"
    out = BytesIO()
    picture.save(out, "WEBP", lossless=True, exif=exif)

    stripped = strip_metadata(out.getvalue())

    assert Pillow.open(BytesIO(stripped)).convert("RGB").tobytes() == picture.tobytes()


MOVES = (
    "Dieses Bild bewegt sich, und niemand könnte es anhalten. "
    "Bitte ein stehendes Bild oder ein Video verwenden."
)


@pytest.mark.parametrize("file_format", ["GIF", "PNG", "WEBP", "AVIF"])
def test_what_moves_is_refused(db, file_format):
    name = f"film.{file_format.lower()}"
    upload = SimpleUploadedFile(name, moving(file_format))

    form = get_image_form(Image)({"title": "Film"}, {"file": upload})

    assert form.errors["file"]  # some kinds Wagtail knows not at all
    with pytest.raises(ValidationError) as refused:
        strip_metadata(moving(file_format))
    assert refused.value.messages == [MOVES]


def test_form_says_why_what_moves_is_refused(db):
    upload = SimpleUploadedFile("film.gif", moving("GIF"))

    form = get_image_form(Image)({"title": "Film"}, {"file": upload})

    assert form.errors["file"] == [MOVES]


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "1"])
def test_stripping_keeps_every_kind_of_pixel(mode):
    picture = Pillow.new("RGBA", (4, 4), (200, 30, 30, 128)).convert(mode)
    notes = PngInfo()
    notes.add_text("Author", "Lena")
    out = BytesIO()
    picture.save(out, "PNG", pnginfo=notes)

    stripped = strip_metadata(out.getvalue())

    kept = Pillow.open(BytesIO(stripped))
    assert b"Lena" not in stripped
    assert kept.mode == mode
    assert kept.convert("RGBA").tobytes() == picture.convert("RGBA").tobytes()
    assert strip_metadata(stripped) == stripped


@pytest.fixture
def small_bombs(monkeypatch):
    """Let Pillow take a picture of few pixels for a bomb."""
    monkeypatch.setattr(Pillow, "MAX_IMAGE_PIXELS", 10)


@pytest.mark.parametrize("content", [b"no picture", photo()[:-200]])
def test_what_cannot_be_read_is_refused(content):
    with pytest.raises(ValidationError, match="beschädigt"):
        strip_metadata(content)


def test_what_would_fill_the_memory_is_refused(small_bombs):
    with pytest.raises(ValidationError, match="beschädigt"):
        strip_metadata(photo())


def test_editors_may_not_upload_svg(db, settings):
    assert settings.WAGTAILIMAGES_IMAGE_FORM_BASE == "content.images.EditorImageForm"
    form_class = get_image_form(Image)
    assert issubclass(form_class, EditorImageForm)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>'

    form = form_class({"title": "S"}, {"file": SimpleUploadedFile("s.svg", svg)})

    assert not form.is_valid()
    assert form.errors["file"] == [
        "SVG-Dateien kommen nur mit Kurspaketen. "
        "Bitte das Bild als PNG, JPEG oder WebP hochladen."
    ]


@pytest.mark.parametrize("file_format", ["JPEG", "MPO"])
def test_editors_may_upload_photos(db, file_format):
    upload = SimpleUploadedFile("foto.jpg", photo(file_format))

    form = get_image_form(Image)({"title": "Foto"}, {"file": upload})

    assert "file" not in form.errors
