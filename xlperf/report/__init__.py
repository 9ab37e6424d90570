"""What leaves: readings of what was consolidated."""
