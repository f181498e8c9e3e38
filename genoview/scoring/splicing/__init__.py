"""Splice sites of REF and ALT: delta scores, gain and loss, transcripts before and after."""
