"""The whole service in a real browser: one journey through all roles, and every page looked at."""
