"""Measures the quality of matching: `python -m data.evaluation`, or `./run evaluate`. Not part of the service."""
