"""What a page says, without what is no matter for its translations."""

import hashlib
import json
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from content.pages.base import SitePage

EMPTY: tuple[Any, ...] = (None, "", [], {})


def words_hash(page: SitePage) -> str:
    """Return the hash of the words, pictures and right answers of a page.

    Marks, ids of blocks and empty fields are left out, so that saving a page in the
    CMS without a change is no change.
    """
    said = {name: getattr(page, name) for name in page.word_fields}
    said |= {n: s.stream_block.get_prep_value(s) for n, s in page.streams()}
    text = json.dumps(_bare(said), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _bare(value: Any) -> Any:
    """Return a stored value as its reader takes it in."""
    if isinstance(value, str):
        is_marked = "<" in value or "&" in value
        bare = unescape(strip_tags(value)) if is_marked else value
        return " ".join(bare.split())
    if isinstance(value, dict):
        is_block = value.keys() >= {"type", "value"}
        named = {k: _bare(v) for k, v in value.items() if not (is_block and k == "id")}
        return {name: bare for name, bare in named.items() if bare not in EMPTY}
    if value is False:
        return None
    if isinstance(value, list | tuple):
        return [_bare(each) for each in value]
    return value
