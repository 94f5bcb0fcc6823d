"""Incidents of missions abroad, confidential reports, and the list of people abroad today."""
