"""The store beside the database."""
