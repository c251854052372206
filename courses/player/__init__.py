"""The learner's pages. Composes everything below and is owned by nobody below."""
