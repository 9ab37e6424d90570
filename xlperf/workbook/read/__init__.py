"""Returned workbooks: every cell accounted for, every fault a finding."""
