"""The schema's history: numbered steps, each up and down."""
