"""Which rows an assay gets."""
