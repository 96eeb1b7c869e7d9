"""Reminders to whoever holds something up, and word to whoever waits: by the job, each once."""
