"""Frozen values and their arithmetic: no file is read here but tables that ship."""
