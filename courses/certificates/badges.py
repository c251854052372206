"""Open Badges 3.0 (1EdTech): an ``AchievementCredential`` to download, kept nowhere.

Signed with Data Integrity, cryptosuite ``eddsa-rdfc-2022`` (W3C). The subject is a new
random number: the badge says that its holder worked through the course, not who that
is. All times are the beginning of a month (UTC), the signature's and the end's too.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from openbadgeslib.ob3 import (
    Achievement,
    Alignment,
    Issuer,
    OB3LdpSigner,
    OpenBadgeCredential,
)

from .issuer import issuer_id, signing_keys


@dataclass(frozen=True)
class Competence:
    """A competence that the course serves; ``source`` is where it is defined."""

    framework: str
    code: str
    name: str
    source: str


@dataclass(frozen=True)
class Achieved:
    """What a badge is about. Addresses are absolute.

    ``part`` names the lessons of a course of which its version has only some.
    """

    course_key: uuid.UUID
    title: str
    summary: str
    address: str
    goals: Sequence[str]
    competences: Sequence[Competence]
    criteria: str
    part: str = ""


def signed_badge(
    what: Achieved,
    *,
    issuer_name: str,
    issuer_address: str,
    today: date,
    valid_until: date | None,
) -> dict[str, Any]:
    """Return a signed credential; needs at least one key.

    ``today`` is the date in UTC, ``valid_until`` the last day, as on the paper.
    """
    issued = _midnight(today.replace(day=1))
    ends = _midnight(valid_until + timedelta(days=1)) if valid_until else None
    credential = OpenBadgeCredential(
        issuer=Issuer(id=issuer_id(), name=issuer_name, url=issuer_address),
        recipient_id=f"urn:uuid:{uuid.uuid4()}",
        achievement=_achievement(what),
        issuance_date=issued,
        expiration_date=ends,
    )
    key = signing_keys()[0]
    signer = OB3LdpSigner(key.private_pem, f"{issuer_id()}#{key.multibase}")
    badge: dict[str, Any] = signer.sign(credential, created=issued)
    return badge


def _achievement(what: Achieved) -> Achievement:
    return Achievement(
        id=f"urn:uuid:{_key_of(what)}",
        name=what.title,
        description=what.summary,
        criteria_narrative=" ".join([what.criteria, *what.goals]),
        achievement_type="Course",
        alignments=[
            Alignment(
                target_name=each.name,
                target_url=each.source,
                target_framework=each.framework,
                target_code=each.code,
            )
            for each in what.competences
        ],
    )


def _key_of(what: Achieved) -> uuid.UUID:
    """Return the key of the whole course, or one of its own for a part of it."""
    return uuid.uuid5(what.course_key, what.part) if what.part else what.course_key


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
