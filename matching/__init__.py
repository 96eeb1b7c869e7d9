"""Explained ranking of volunteers and assignments: a pure library without web, database or clock."""
