"""Read API, open-data exports, feeds."""
