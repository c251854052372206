"""Sources that texts share: each is one row, cited by its key."""
