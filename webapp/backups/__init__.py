"""Backups: the whole installation in one file that says itself whether it is whole, and the way back.

A backup is a ZIP: the rows of every table as lines of JSON, the files that rows name, and last a manifest with the
schema's revision, counts and SHA-256 sums. It does not depend on the kind of database, so one made from SQLite can be
restored into PostgreSQL, and the other way round. Keys are not in it (docs/operations.md).
"""
