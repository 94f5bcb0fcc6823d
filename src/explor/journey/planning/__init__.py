"""Plans that match many needs with experts at once: scenarios, officers' choices, adoption."""
