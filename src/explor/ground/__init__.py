"""The packages that all others use, such as accounts, mail, the journal and page components."""
