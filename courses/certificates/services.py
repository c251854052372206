"""Issuing certificates."""

import calendar
import hmac
import uuid
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from . import sealing
from .models import Certificate


@dataclass(frozen=True)
class Issued:
    """A new certificate and the code that stands on its paper and nowhere else."""

    certificate: Certificate
    code: str


def prepared_certificate(
    *,
    name: str,
    course_key: UUID,
    version: str,
    lessons: int,
    all_lessons: int,
    today: date,
    valid_until: date | None,
    result: int | None,
) -> Issued:
    """Return a certificate to be printed, not yet written. The name is sealed only."""
    code = sealing.new_code(result)
    certificate = Certificate(
        id=uuid.uuid4(),
        course_key=course_key,
        version=version,
        lessons=lessons,
        all_lessons=all_lessons,
        month=today.replace(day=1),
        valid_until=valid_until,
    )
    certificate.seal = sealing.seal(code, name, facts_of(certificate))
    return Issued(certificate, code)


def issue(issued: Issued) -> None:
    """Write the row of a certificate whose paper exists: one insert."""
    issued.certificate.save(force_insert=True)


def confirms(certificate: Certificate, code: str, name: str) -> bool:
    """Say whether a code and a name belong to a certificate."""
    given = sealing.seal(code, name, facts_of(certificate))
    return hmac.compare_digest(given, certificate.seal)


def facts_of(certificate: Certificate) -> dict[str, str]:
    """Return what the seal covers beside the name."""
    return {
        "id": str(certificate.id),
        "course": str(certificate.course_key),
        "version": certificate.version,
        "extent": f"{certificate.lessons}/{certificate.all_lessons}",
        "month": certificate.month.isoformat(),
        "until": certificate.valid_until.isoformat() if certificate.valid_until else "",
    }


def end_of_month(start: date, months: int) -> date:
    """Return the last day of the month that lies so many months ahead."""
    number = start.year * 12 + start.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
