"""The strict check: what can be measured about the language and build of a course.

What it finds stops no import. ``check.findings`` is the door; the limits and their
reasons stand in ``strictness.yaml``.
"""
