"""Runs that are made again."""
