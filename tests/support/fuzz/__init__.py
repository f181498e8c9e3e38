"""Texts and files that mean harm, made from good ones by a seed, and what reads them."""
