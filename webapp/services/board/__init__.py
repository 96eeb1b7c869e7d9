"""The coordinator's board: every application and placement by state, what is overdue, and moving many at once."""
