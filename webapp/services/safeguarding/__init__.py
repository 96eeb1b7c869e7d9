"""Help, speaking up, supporters, focal points and incidents: kept outside the line of a placement."""
