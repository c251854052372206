"""What the player reads from requests besides answers."""

import re

BLOCK_ID = re.compile(r"[0-9a-f]{8}")


def read_block(value: str) -> str:
    """Return the short id of a block, or empty for anything else."""
    return value if BLOCK_ID.fullmatch(value) else ""
