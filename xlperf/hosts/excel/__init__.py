"""The functions and the ribbon inside Excel for Windows, through xlwings; every macro is generated, none is drawn."""
