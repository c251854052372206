"""Serving uploaded files where no web server does it (single-host mode).

Everything uploaded is treated as foreign: never sniffed, never run, never framed.
"""

import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
MAX_AGE = 7 * 24 * 3600  # seconds
CHUNK = 64 * 1024  # bytes
DRAWING = "image/svg+xml"
# Shown in the page; everything else is offered for download.
INLINE = ("image/", "audio/", "video/", "text/vtt", "text/plain", "application/pdf")
# ASCII and bounded: Python refuses to read numbers of thousands of digits.
RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
#: Bytes from which a drawing is read piece by piece, as it is.
LARGE_DRAWING = 1_000_000
TYPES = {".vtt": "text/vtt", ".opus": "audio/ogg", ".webp": "image/webp"}
TYPES |= {".avif": "image/avif", ".svg": DRAWING, ".webm": "video/webm"}


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse | StreamingHttpResponse:
    """Serve one uploaded file; answers single byte ranges, so that media can seek."""
    file = _find(path)
    stat = file.stat()
    if not was_modified_since(
        request.headers.get("If-Modified-Since"), int(stat.st_mtime)
    ):
        return HttpResponseNotModified()
    content_type = _content_type(file)
    response = _partial(request, file, stat.st_size, content_type)
    if response is None and content_type == DRAWING and stat.st_size < LARGE_DRAWING:
        # Read at once, so that it is compressed like a page: a third of its size.
        response = HttpResponse(file.read_bytes(), content_type=content_type)
    elif response is None:
        as_attachment = not content_type.startswith(INLINE)
        response = FileResponse(
            file.open("rb"), as_attachment=as_attachment, content_type=content_type
        )
    return _with_headers(response, int(stat.st_mtime))


def _find(path: str) -> Path:
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
    except (SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    root = Path(settings.MEDIA_ROOT).resolve()
    if not file.is_file() or not file.resolve().is_relative_to(root):
        raise Http404
    return file


def _content_type(file: Path) -> str:
    suffix = file.suffix.lower()
    guessed = TYPES.get(suffix) or mimetypes.guess_type(file.name)[0]
    if guessed in {None, "text/html", "application/xhtml+xml"}:
        return "application/octet-stream"
    return str(guessed)


def _partial(
    request: HttpRequest, file: Path, size: int, content_type: str
) -> HttpResponse | StreamingHttpResponse | None:
    match = RANGE.fullmatch(request.headers.get("Range", ""))
    if not match or match.groups() == ("", "") or not size:
        return None
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end or start >= size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(
        _read(file.open("rb"), start, end), status=206, content_type=content_type
    )
    response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    response.headers["Content-Length"] = str(end - start + 1)
    return response


def _read(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = end - start + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


def _with_headers(
    response: HttpResponse | StreamingHttpResponse, mtime: int
) -> HttpResponse | StreamingHttpResponse:
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Last-Modified"] = http_date(mtime)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
