"""Tables of intervals of particular programs: a line of each -> Feature."""
