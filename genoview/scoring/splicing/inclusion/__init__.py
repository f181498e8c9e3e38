"""How a variant changes the inclusion of the exons near it."""
