"""The one place for rules, reads and writes: functions of a session that flush and never commit."""
