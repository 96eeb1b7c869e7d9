"""The whole story of a person, or of an assignment, for the coordinators of one VIO."""
