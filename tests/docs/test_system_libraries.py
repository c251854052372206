"""What the certificates want of the system stands where somebody sets the site up."""

from pathlib import Path

import pytest

from courses.certificates.checks import HINT

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = HINT.partition("apt-get install ")[2].split()


@pytest.mark.parametrize("place", ["README.md", "docs/operate.md", ".ci/run"])
def test_the_libraries_of_the_hint_are_named(place: str) -> None:
    text = (ROOT / place).read_text(encoding="utf-8")

    assert LIBRARIES
    assert [name for name in LIBRARIES if name not in text] == []
