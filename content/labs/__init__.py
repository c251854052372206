"""Data labs, one per folder; ``README.md`` says how to add one."""
