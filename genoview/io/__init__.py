"""The world outside: genomes, genes and files in, files out."""
