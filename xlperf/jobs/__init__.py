"""Each command as a function that takes values and gives a result. Knows neither terminals nor arguments."""
