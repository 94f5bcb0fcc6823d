"""Pages of the missions of an employer's people, and of what employers give."""
