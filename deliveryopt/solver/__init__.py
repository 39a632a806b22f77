"""What may be done, what is decided."""
