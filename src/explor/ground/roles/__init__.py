"""Roles: what a person may be here, named in the URL and nowhere else."""
