"""Measurements of the whole program; see README.md."""
