"""RefSeq genes of a whole genome, embedded: codec -> table -> annotation, names, suggestions."""
