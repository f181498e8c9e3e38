"""What one process shares: settings, loaded models, jobs, batch runs."""
