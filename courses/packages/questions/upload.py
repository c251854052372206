"""A file on its way through two pages: looked at on the first, taken on the second.

The server keeps nothing in between. The page carries the file back in a hidden field;
as it is read anew, with all limits, there is nothing in it to trust or to sign.
"""

import zlib
from base64 import b64decode, b64encode
from typing import Final

from django.utils.translation import gettext as _

from .limits import MOST_BYTES
from .results import QuestionFileError

#: Characters; a form takes five million (``DATA_UPLOAD_MAX_MEMORY_SIZE``). A larger
#: file is chosen once more.
MOST_CARRIED: Final = 4_000_000


def packed(content: bytes) -> str:
    """Return a file as the text of a field; empty if it is too large for one."""
    text = b64encode(zlib.compress(content)).decode()
    return text if len(text) <= MOST_CARRIED else ""


def unpacked(text: str) -> bytes:
    """Return the file that a field carries."""
    try:
        content = zlib.decompressobj().decompress(
            b64decode(text, validate=True), MOST_BYTES + 1
        )
    except (ValueError, zlib.error) as error:
        raise QuestionFileError(_("Please choose the file again.")) from error
    return content
