"""What lies on a transcript: its numbering, its codons, and changes without shared bases."""
