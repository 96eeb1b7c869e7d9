"""How the sample data were written: invented hosts, assignments and people. `python -m data.sample.make` writes them again."""
