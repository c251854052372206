"""Remembering: questions the learner has met come again when they are due."""
