"""The public directory of project sheets: search, map, sheets, followed searches."""
