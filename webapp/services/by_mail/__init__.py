"""Hosts without an account: they answer on pages behind links that go to their contact address."""
