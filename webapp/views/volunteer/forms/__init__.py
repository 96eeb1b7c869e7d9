"""Forms of the volunteer's pages, one module for each group of steps."""
