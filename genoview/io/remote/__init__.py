"""Published files, read by HTTP range where they lie and cached in blocks on disk."""
