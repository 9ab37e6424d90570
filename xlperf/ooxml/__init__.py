"""The file format of Excel workbooks and Word documents: parts, cells, strings, formats. Knows none of our forms."""
