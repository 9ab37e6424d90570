"""xlperf: a department's performance document, its workbooks, and the summary they add up to."""

__version__ = "0.1.0"
