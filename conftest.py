"""Catalogues are compiled before Django reads them."""

from learnsite.catalogues import compile_changed

compile_changed()
