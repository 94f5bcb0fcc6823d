"""Set up and look after an installation: networks, funders, accounts, roles, health."""
