"""Course packages: plain-text folders that are read, checked, imported and written.

``docs/course-packages.md`` is the contract with authors. What a block looks like in a
package follows from its Wagtail definition, so a new block or question type needs no
change here.
"""
