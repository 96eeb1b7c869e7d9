"""Trains the head over the sentence encoder: `python -m data.model.train`. Not part of the service."""
