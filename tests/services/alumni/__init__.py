"""Alumni: joining, mentoring, returning."""
