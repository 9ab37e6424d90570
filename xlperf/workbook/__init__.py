"""The workbooks: written as staff fill them in, read back as they return, annotated for correction."""
