"""Referrals: an expert free in one network is asked whether another network may see the profile."""
