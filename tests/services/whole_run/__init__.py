"""Rankings of everything, stopped and taken up."""
