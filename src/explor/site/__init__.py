"""The site: what is switched on."""
