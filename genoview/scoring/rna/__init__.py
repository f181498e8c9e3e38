"""What becomes of a transcript and its protein, from the bases of ALT."""
