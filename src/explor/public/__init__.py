"""What anyone can see without an account: directory of project sheets, open data, API."""
