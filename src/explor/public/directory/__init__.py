"""The public directory of project sheets: search, map, page of a sheet, email alerts."""
