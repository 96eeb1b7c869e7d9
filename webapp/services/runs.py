"""The life of a match run."""
