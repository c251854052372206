#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from learnsite.catalogues import compile_changed

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learnsite.settings.dev")
    compile_changed()

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
