"""Pages of training managers."""
