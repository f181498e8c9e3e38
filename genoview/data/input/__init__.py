"""What others wrote, on its way in."""
