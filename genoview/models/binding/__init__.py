"""Models of transcription factor binding."""
