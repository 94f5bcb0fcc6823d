"""Pages of nominations, for employers and for the people whom they nominate."""
