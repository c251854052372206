"""Licences of courses and of the works in them, by SPDX identifier."""

from django.db import models


class Licence(models.TextChoices):
    """Licences a course may carry."""

    BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    BY = "CC-BY-4.0", "CC BY 4.0"
    ZERO = "CC0-1.0", "CC0 1.0"


LICENCE_URLS: dict[str, str] = {
    Licence.BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.ZERO: "https://creativecommons.org/publicdomain/zero/1.0/",
}
