"""The sheets that are pasted into the budget system, made from the dataset."""
