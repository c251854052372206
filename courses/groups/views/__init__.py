"""Pages of those who lead groups. They read the ledger and nothing else of anybody."""
