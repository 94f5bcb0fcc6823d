"""Reading of French as people write it: words, amounts, dates."""
