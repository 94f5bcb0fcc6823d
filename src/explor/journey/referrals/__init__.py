"""Referrals: a network asks an expert whether another network may see their profile."""
