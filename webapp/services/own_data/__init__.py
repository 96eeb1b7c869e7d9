"""What the service keeps of a person: where it stands, a copy of it, and its end."""
