"""A roll call in a crisis: everybody in a country is asked "are you safe?", and who has not answered stands first."""
