"""Measures how long things take: `python -m data.bench`, or `./run bench`. Not part of the service."""
