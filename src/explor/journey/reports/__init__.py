"""What comes after a mission: report, joint evaluation, recommendations."""
