"""Whether the matching gives everyone the same chances, in figures that name nobody."""
