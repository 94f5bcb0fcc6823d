"""Administration of an installation: networks, funders, accounts, roles, health checks."""
