"""Incidents of missions abroad, and who is abroad today."""
