"""People in columns beside the database, for rankings of one assignment among very many; the database is the truth.

A person counts as stored only while the stamp noted with them is the one that the database has. Everybody else is read
from the database and ranked beside; where they are too many, or there is no store, the run waits for the background.
"""
