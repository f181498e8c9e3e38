"""The mode that shows saved loci one after another, the track view filling the screen."""
