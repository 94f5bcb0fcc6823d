"""The site itself: settings, URLs, home pages, administration, command line, demonstration data."""
