"""The packages that all others use: accounts, mail, journal, files, page components."""
