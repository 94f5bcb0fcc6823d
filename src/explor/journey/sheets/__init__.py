"""The project sheet: written from files, corrected, confirmed, published."""
