"""The coach: how well an assignment is described, as named checks with shares and evidence, never as sentences."""
