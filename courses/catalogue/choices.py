"""The words a course is filed under. Stored values are German, as in packages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What a course is about; several are possible."""

    PRIVACY = "datenschutz", _("Data protection")
    OPEN_SOURCE = "open-source", _("Open source")
    DATA_GRABBING = "datengrabbing", _("Data grabbing")


class Setting(models.TextChoices):
    """Where a course is used; several are possible."""

    SCHOOL = "schule", _("School")
    ADMINISTRATION = "verwaltung", _("Administration")
    ADULTS = "erwachsene", _("Adults")


class Level(models.TextChoices):
    """What a course expects people to know."""

    ENTRY = "einstieg", _("Beginner")
    CONTINUING = "aufbau", _("Intermediate")
    ADVANCED = "vertiefung", _("Advanced")


class Address(models.TextChoices):
    """How a course speaks to its readers."""

    DU = "du", _("du")
    SIE = "sie", _("Sie")
