"""What a change does to each transcript, in the Sequence Ontology's terms."""
