"""Learning together: rooms, classes, staff training, evening courses.

Only what a group has agreed on is ever written here. Nothing in this package reads
what somebody learned; it is told (``courses.progress.events``) and writes down what the
group's level allows.
"""
