"""Copies of workbooks with notes at their cells: comments, highlights, and a list of the notes in front."""
