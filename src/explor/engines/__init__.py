"""Pure Python engines, without Django or database; the module `cells` is all that they share."""
