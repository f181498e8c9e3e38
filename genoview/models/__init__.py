"""Models: sequence -> TrackData. One file a model, one row in the registry."""

import os

# Before torch is imported: waiting threads that spin make two processes on the same cores crawl.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
