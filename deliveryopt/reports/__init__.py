"""Doors out: one file per format."""
