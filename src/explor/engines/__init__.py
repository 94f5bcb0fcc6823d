"""Pure Python engines, without Django or database; `cells`, `limits` and `french` serve others."""
