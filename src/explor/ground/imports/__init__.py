"""Import of CSV files and spreadsheets by background jobs: preview, create, stop, resume, undo."""
