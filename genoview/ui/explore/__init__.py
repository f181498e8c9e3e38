"""The page Explore, and the track view of every page."""
