"""What the administrator watches: which jobs ran, what went wrong last, what takes room. None of it names a person."""
