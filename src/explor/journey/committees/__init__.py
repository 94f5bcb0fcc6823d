"""Who sits on the committee of a call, their conflicts of interest, opinions and scores."""
