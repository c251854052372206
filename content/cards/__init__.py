"""Step cards: where a setting is found on each system, so that only they age."""
