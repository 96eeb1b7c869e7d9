"""A run over everything: read once into what is kept of it, then done one assignment at a time, and put in order.

What it reads is written down before the first assignment, as it is for a replay. So whoever takes the run up after a
kill reads the same, and goes on behind the last assignment that is done.
"""
