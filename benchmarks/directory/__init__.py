"""What the public directory costs, from five thousand to a hundred thousand sheets."""
