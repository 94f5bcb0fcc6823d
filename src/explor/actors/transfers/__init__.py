"""Transfers: an organisation moves to another network once it and both networks consent."""
