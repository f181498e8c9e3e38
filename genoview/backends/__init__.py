"""Models: sequence -> TrackData. One file a model, one row in the registry."""
