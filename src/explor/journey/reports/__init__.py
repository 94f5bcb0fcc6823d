"""Return report, joint evaluation, recommendations."""
