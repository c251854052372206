"""What is kept of an issued certificate. Not: whose it is.

A row has no way to any account and holds no name, so it outlives both the account's
erasure and the course. Its seal can be checked only by somebody who holds the code on
the paper.
"""

import uuid

from django.db import models


class Certificate(models.Model):
    """A certificate was issued: for which course, in which month, until when.

    ``seal`` is the keyed hash of :mod:`courses.certificates.sealing`. ``month`` is the
    first day of the month of issue, ``valid_until`` the last day it is valid,
    ``version`` the as-of date of the course that was learned. ``lessons`` of
    ``all_lessons`` were worked through: a course may have fewer in one language.
    """

    #: Rows must not tell who asked after whom (``learnsite.accounts.order``).
    forgets_order = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course_key = models.UUIDField()
    version = models.CharField(max_length=10, blank=True)
    lessons = models.PositiveSmallIntegerField(default=0)
    all_lessons = models.PositiveSmallIntegerField(default=0)
    month = models.DateField()
    valid_until = models.DateField(null=True)
    seal = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.id)
