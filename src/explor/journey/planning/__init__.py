"""A whole round planned at once: scenarios, choices of the officers, adoption, whom to recruit."""
