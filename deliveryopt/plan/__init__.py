"""What was decided; is it true; what does it cost."""
