"""Feedback on accessibility, which public bodies must accept and answer."""
