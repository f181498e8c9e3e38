"""The page Saved and history."""
