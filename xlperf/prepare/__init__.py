"""From one model to another: proposed weights, parts of a department."""
