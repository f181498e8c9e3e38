"""Tables of the tabs of a variant, one module each."""
