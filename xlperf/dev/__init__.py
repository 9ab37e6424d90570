"""Tools for the repository itself; the wheel leaves them out. Nothing imports this package."""
