"""Many needs matched together: scenarios, choices of the officers, adoption, recruitment."""
