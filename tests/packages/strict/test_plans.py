"""Plans on teacher's pages: their minutes make the time they are for."""

import pytest

TEACHER = "01-tag.teacher.md"
FULL = """\
## Ablauf

:::{table} Plan für 45 Minuten
| Zeit | Was geschieht |
| --- | --- |
| 0–20 | ankommen |
| 20–45 | lesen |
:::

## Andere Längen

**90 Minuten:** Bis zum Lesen läuft alles wie oben (20 Minuten). Danach malen alle (30) und lesen (40).

**2 × 45 Minuten:** Stunde 1 geht bis zum Lesen (20 Minuten). Danach malen alle (25). Stunde 2 gehört dem Lesen (45).
"""  # noqa: E501
ENGLISH = (
    FULL.replace("Plan für 45 Minuten", "Plan for 45 minutes")
    .replace("90 Minuten:", "90 minutes:")
    .replace("2 × 45 Minuten:", "2 × 45 minutes:")
    .replace("(20 Minuten)", "(20 minutes)")
)


@pytest.fixture
def teacher(course):
    """Put a teacher's page into the course, with something in it changed."""

    def _teacher(old="", new="", file=TEACHER, text=FULL):
        assert old in text
        course.write(file, text.replace(old, new, 1) if old else text)

    return _teacher


def test_plans_whose_minutes_make_their_time_are_sound(teacher, found):
    teacher()
    teacher(file="en/01-tag.teacher.md", text=ENGLISH)

    assert found() == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("0–20 |", "2–20 |", 6, "„2–20“ beginnt nicht bei Minute 0"),
        ("20–45 |", "25–45 |", 7, "„25–45“ beginnt nicht bei Minute 20"),
        ("20–45 |", "18–45 |", 7, "„18–45“ beginnt nicht bei Minute 20"),
        ("20–45 |", "20–40 |", 7, "Plan für 45 Minuten endet nach 40"),
        ("lesen (40)", "lesen (35)", 12, "„90 Minuten:“ ergeben 85, nicht 90"),
        ("lesen (40)", "lesen (46)", 12, "„90 Minuten:“ ergeben 96, nicht 90"),
        ("malen alle (25)", "malen alle", 14, "„2 × 45 Minuten:“ ergeben 65"),
    ],
)
def test_minutes_that_are_missing_or_too_many_are_found_in_their_line(
    teacher, found, old, new, line, message
):
    teacher(old, new)

    [finding] = found()
    assert finding.startswith(f"{TEACHER}:{line}: ")
    assert message in finding


def test_each_of_several_appointments_is_full(teacher, found):
    teacher(
        "malen alle (25). Stunde 2 gehört dem Lesen (45)", "malen (27) und lesen (43)"
    )

    [finding] = found()
    assert finding.startswith(f"{TEACHER}:14: ")
    assert "„2 × 45 Minuten:“ endet nach 45 Minuten" in finding


def test_a_plan_in_another_language_is_added_up_too(teacher, found):
    teacher("lesen (40)", "lesen (30)", "en/01-tag.teacher.md", ENGLISH)

    [finding] = found()
    assert finding.startswith("en/01-tag.teacher.md:12: ")
    assert "„90 minutes:“ ergeben 80, nicht 90" in finding


def test_minutes_outside_of_plans_are_not_added_up(teacher, found):
    teacher("## Andere Längen", "Das Labor dauert 15 Minuten (15 Minuten).\n\n## Rest")

    assert found() == []


def test_a_lesson_may_speak_of_minutes(add, found):
    add("**90 Minuten:** So lange sieht Lena jeden Tag auf ihr Handy.")

    assert found() == []
