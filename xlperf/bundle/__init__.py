"""Packages of xlperf for PCs without internet: what goes into one, and how one is put on the PC of a user."""
