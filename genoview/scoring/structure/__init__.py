"""A residue of a transcript in a protein structure: which it is there, and what lies around it."""
