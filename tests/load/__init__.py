"""Measuring speed and size; see ``docs/performance.md``. Nothing here is a test."""
