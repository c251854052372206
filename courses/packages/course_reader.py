"""The files of a course: its facts, its lessons and its final test."""

import re
from typing import Any

from django.utils.translation import gettext as _

from content.frameworks import choices
from courses.catalogue.models import TEST_ID
from courses.catalogue.pools import shortage_message, unknown_goal_message
from courses.exercises.drawing import PoolItem, shortages
from courses.exercises.registry import question_types

from . import schema
from .editions import EditionsReader
from .package import TEST_FILE, Edition, Package, Text
from .problems import at_field

LESSON_FILE = re.compile(
    r"(?P<number>\d{2,3})-(?P<name>[a-z0-9-]+)(?:\.(?P<part>teacher|worksheet))?\.md"
)


class CourseReader(EditionsReader):
    """Reads ``course.yaml``, ``01-name.md`` … and ``test.md`` of each language."""

    kind = "course"
    head_file = "course.yaml"
    head_block = schema.COURSE

    def read_below(
        self, package: Package, edition: Edition, prefix: str, original: Edition | None
    ) -> None:
        """Add the lessons and the final test."""
        self.lessons(package, edition, prefix, original)
        self.test(package, edition, prefix, original)

    def check_head(self, file: str, head: Text, original: Edition | None) -> None:
        """Compare goals and competences with the original and the frameworks."""
        reading, facts = head.readings[""], head.facts
        goals = [goal["id"] for goal in facts["goals"]]
        for index, goal in enumerate(goals):
            if goal in goals[:index]:
                self.refuse(
                    file,
                    reading.line_of(("goals", index, "id")),
                    _("The goal “%(id)s” stands twice.") % {"id": goal},
                )
        if original:
            wanted = [goal["id"] for goal in original.head.facts["goals"]]
            if goals != wanted:
                self.refuse(
                    file,
                    reading.line_of(("goals",)),
                    _(
                        "A translation has the goals of its original, in their "
                        "order: %(ids)s."
                    )
                    % {"ids": ", ".join(wanted)},
                )
        for framework, codes in facts["competences"].items():
            known = [code for code, _label in choices(framework)]
            for index, code in enumerate(codes):
                if code not in known:
                    path = ("competences", framework, index)
                    self.refuse(
                        file,
                        reading.line_of(path),
                        _("%(framework)s has no competence “%(code)s”.")
                        % {"framework": framework, "code": code},
                    )
        if facts["image"] and not facts["image_alt"]:
            self.refuse(
                file,
                reading.line_of(("image",)),
                _("Say in “image_alt” what the cover picture shows."),
            )

    def lessons(
        self, package: Package, edition: Edition, prefix: str, original: Edition | None
    ) -> None:
        stems: dict[str, dict[str, str]] = {}
        for file in sorted(self.folder.files):
            match = LESSON_FILE.fullmatch(file.removeprefix(prefix))
            if match and file.startswith(prefix):
                stem = f"{match['number']}-{match['name']}"
                stems.setdefault(stem, {})[match["part"] or "body"] = file
        numbers: dict[str, str] = {}
        by_id = {lesson.id: lesson for lesson in original.lessons} if original else None
        for stem, files in stems.items():
            self.known_files.update(files.values())
            first = next(iter(files.values()))
            if "body" not in files:
                self.refuse(
                    first, 1, _("The lesson %(file)s.md is missing.") % {"file": stem}
                )
                continue
            number = stem.partition("-")[0]
            if number in numbers:
                self.refuse(
                    files["body"],
                    1,
                    _("The number %(number)s already belongs to %(file)s.")
                    % {"number": number, "file": numbers[number]},
                )
            numbers[number] = files["body"]
            if lesson := self.lesson(package, edition, files, by_id):
                edition.lessons.append(lesson)
        if not stems:
            self.refuse(
                edition.head.files[""],
                1,
                _("There is no lesson; a lesson's file is called like 01-name.md."),
            )
        for lesson in edition.lessons:
            self.check_not_test(lesson)
        self.check_double(
            edition.lessons, "id", _("Two lessons have the id “%(value)s”.")
        )
        self.check_double(
            edition.lessons, "slug", _("Two lessons have the address “%(value)s”.")
        )

    def lesson(
        self,
        package: Package,
        edition: Edition,
        files: dict[str, str],
        originals: dict[str, Text] | None,
    ) -> Text | None:
        file = files["body"]
        page = self.page_source(file, edition.locale)
        if page is None:
            return None
        yaml, body, body_line, reading = page
        inherited = self.original_facts(file, yaml, originals)
        facts = self.facts(
            schema.LESSON,
            yaml,
            2,
            reading,
            inherited=inherited,
            own=schema.LESSON_OWN_IN_TRANSLATION,
        )
        if facts is None:
            return None
        facts.setdefault("minutes", None)
        text = Text(facts, files={"": file}, readings={"": reading})
        course = edition.head.facts.get("id") or ""
        self.stream(text, package, "body", file, body, body_line, edition, course)
        for part in ("teacher", "worksheet"):
            text.streams[part] = []
            if part in files:
                source = self.source(files[part])
                if source is not None:
                    self.stream(
                        text, package, part, files[part], source, 1, edition, course
                    )
        whole = package.editions[0] if package.editions else edition
        self.check_goals(text, whole)
        if originals and facts["id"] in originals:
            self.check_exercises(text, originals[facts["id"]])
        return text

    def test(
        self, package: Package, edition: Edition, prefix: str, original: Edition | None
    ) -> None:
        file = prefix + TEST_FILE
        if file not in self.folder.files:
            return
        source = self.page_source(file, edition.locale)
        if source is None:
            return
        yaml, body, body_line, reading = source
        first = original.test if original else None
        if original and first is None:
            self.refuse(file, 1, _("The original has no final test to translate."))
        facts = self.facts(
            schema.FINAL_TEST,
            yaml,
            2,
            reading,
            inherited=first.facts if first else None,
            own=schema.FINAL_TEST_OWN_IN_TRANSLATION,
        )
        if facts is None:
            return
        facts |= {"id": TEST_ID, "slug": TEST_ID}
        edition.test = Text(facts, files={"": file}, readings={"": reading})
        self.collect(reading, edition.locale, file)
        course = edition.head.facts.get("id") or ""
        self.stream(
            edition.test, package, edition.test.main, file, body, body_line, edition,
            course,
        )  # fmt: skip
        whole = package.editions[0] if package.editions else edition
        self.check_goals(edition.test, whole)
        if first:
            self.check_exercises(edition.test, first)
            self.check_same_rules(edition.test, first)
        else:
            self.check_pool(edition.test, whole)

    def check_not_test(self, lesson: Text) -> None:
        for name in ("id", "slug"):
            if lesson.facts.get(name) == TEST_ID:
                self.refuse(
                    lesson.files[""],
                    lesson.readings[""].line_of((name,)),
                    _("“%(id)s” is the name of the final test; choose another one.")
                    % {"id": TEST_ID},
                )

    def check_same_rules(self, text: Text, original: Text) -> None:
        for name in schema.FINAL_TEST_RULES:
            if text.facts[name] != original.facts[name]:
                self.refuse(
                    text.files[""],
                    text.readings[""].line_of((name,)),
                    _(
                        "A translation has the rules of its original, "
                        "%(name)s: %(value)s."
                    )
                    % {"name": name, "value": original.facts[name]},
                )

    def check_pool(self, text: Text, edition: Edition) -> None:
        per_goal = text.facts["per_goal"]
        report = text.readings[text.main].context.report
        if not per_goal or any(each.file == report.file for each in report.problems):
            return
        pool = [
            PoolItem(value["key"] or "", value["goal"] or "", bool(value["reserved"]))
            for item in text.streams[text.main]
            if isinstance(value := item["value"], dict)
        ]
        goals = [goal["id"] for goal in edition.head.facts["goals"]]
        for found in shortages(pool, goals, per_goal):
            message = shortage_message(found, per_goal)
            line = text.readings[""].line_of(("per_goal",))
            self.refuse(text.files[""], line, at_field("per_goal", message))

    def check_goals(self, text: Text, edition: Edition) -> None:
        known = [goal["id"] for goal in edition.head.facts["goals"]]
        for index, goal in enumerate(text.facts.get("goals", ())):
            if goal not in known:
                line = text.readings[""].line_of(("goals", index))
                message = unknown_goal_message(goal, known)
                self.refuse(text.files[""], line, message)
        for index, item in enumerate(text.streams[text.main]):
            value = item["value"]
            goal = value.get("goal") if isinstance(value, dict) else ""
            if goal and goal not in known:
                line = text.readings[text.main].line_of((index, "goal"))
                message = unknown_goal_message(goal, known)
                self.refuse(text.files[text.main], line, message)

    def check_exercises(self, text: Text, original: Text) -> None:
        """Translations keep ids, types, order, and the number of parts."""
        own, theirs = _exercises(text), _exercises(original)
        reading, file = text.readings[text.main], text.files[text.main]
        if [name for name, *_rest in own] != [name for name, *_rest in theirs]:
            self.refuse(
                file,
                1,
                _("The exercises differ from the original's; there stand: %(ids)s.")
                % {"ids": ", ".join(name for name, *_rest in theirs)},
            )
            return
        for (name, kind, shape, index), (_n, wanted_kind, wanted, _i) in zip(
            own, theirs, strict=True
        ):
            if (kind, shape) != (wanted_kind, wanted):
                self.refuse(
                    file,
                    reading.line_of((index,)),
                    _(
                        "The exercise “%(id)s” is not built like the original's: type, "
                        "number and order of options and what is correct stay the same."
                    )
                    % {"id": name},
                )


def _exercises(text: Text) -> list[tuple[str, str, Any, int]]:
    """Return id, type, build and place of each exercise of a lesson or a test."""
    types = question_types()
    found = []
    for index, item in enumerate(text.streams[text.main]):
        if item["type"] in types and isinstance(item["value"], dict):
            key = item["value"].get("key") or ""
            found.append((key, item["type"], _shape(item["value"]), index))
    return found


def _shape(value: Any) -> Any:
    """Return what a translation must not change: lengths of lists and truth values."""
    if isinstance(value, bool):
        return value
    if isinstance(value, dict):
        if value.get("type") == "item":
            return _shape(value.get("value"))
        shapes = {name: _shape(child) for name, child in value.items()}
        return {name: shape for name, shape in shapes.items() if shape is not None}
    if isinstance(value, list):
        return [_shape(child) for child in value]
    return None
