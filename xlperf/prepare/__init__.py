"""From one model to another: weights, parts, what is carried into the next workbook, next year's plan, payments."""
