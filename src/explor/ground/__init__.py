"""The capabilities that every other one uses: accounts, mail, journal, files, pages."""
