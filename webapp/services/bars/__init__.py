"""A VIO bars a person: by two people, with an appeal to a third, and no quiet second registration."""
