"""What is true: the input, its loader, its importers, its distances."""
