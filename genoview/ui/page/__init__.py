"""What every page shares: frame, address, search box, routes."""
