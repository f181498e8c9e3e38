"""AlphaGenome: a service of its protocol, or its weights on this machine."""
