"""Who may reach this server, and who may do what on it."""
