"""The packages that all other packages use: accounts, mail, journal, files, page components."""
