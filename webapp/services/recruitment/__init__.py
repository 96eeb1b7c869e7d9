"""Recruitment: questions, the declaration on conduct, interviews, references. People judge; no model reads any of it.

What is kept here is seen by the coordinators of the VIO whose assignment it is about, and else by its author alone.
"""
