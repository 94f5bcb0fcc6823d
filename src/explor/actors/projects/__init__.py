"""Projects of associations, described in the fields of their public project sheet."""
