"""A network's own files of associations, employers and experts, brought in together."""
