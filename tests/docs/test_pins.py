"""Versions stand in three lists, and the lists say the same."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
REQUIREMENTS = (ROOT / "deploy" / "requirements.txt").read_text()

Pin = tuple[str, str]


def pin(requirement: str) -> Pin:
    """Return name and version of ``name[extra]==version; marker``."""
    found = re.fullmatch(
        r"([a-z0-9-]+)(?:\[[a-z,]+\])?==([0-9.]+)(?:\s*;.*)?", requirement.strip()
    )
    assert found, f"{requirement!r} is not pinned exactly"
    return found[1], found[2]


def pins(requirements: list[str]) -> set[Pin]:
    return {pin(requirement) for requirement in requirements}


def direct() -> set[Pin]:
    return pins(PYPROJECT["project"]["dependencies"])


def development() -> set[Pin]:
    return pins(PYPROJECT["dependency-groups"]["dev"])


def indirect() -> set[Pin]:
    return pins(PYPROJECT["tool"]["uv"]["constraint-dependencies"])


def production() -> set[Pin]:
    lines = [line for line in REQUIREMENTS.splitlines() if "==" in line]
    return pins([line.removesuffix("\\") for line in lines])


def test_no_package_is_pinned_both_directly_and_indirectly() -> None:
    named = {name for name, _version in direct() | development()}

    assert named & {name for name, _version in indirect()} == set()


def test_production_installs_every_direct_dependency_and_only_pinned_versions() -> None:
    assert direct() - production() == set()
    assert production() - direct() - indirect() == set()


def test_production_installs_nothing_of_development() -> None:
    assert production() & development() == set()


def test_every_package_of_production_has_hashes_and_no_host() -> None:
    packages = re.findall(r"^[a-z0-9-]+==", REQUIREMENTS, re.MULTILINE)
    first_hashes = re.findall(r"\\\n    --hash=sha256:[0-9a-f]{64}", REQUIREMENTS)

    assert len(packages) == len(production())
    assert len(first_hashes) >= len(packages)
    assert "://" not in REQUIREMENTS


def test_the_pins_are_those_of_this_environment() -> None:

    installed = {(name, version(name)) for name, _version in direct() | development()}

    assert installed == direct() | development()
