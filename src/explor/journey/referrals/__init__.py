"""The reserve kept warm: somebody free here is asked whether another network may see them."""
