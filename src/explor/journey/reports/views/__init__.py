"""Pages of reports, evaluations and recommendations."""
