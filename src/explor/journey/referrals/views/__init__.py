"""Pages of referrals, a module per role."""
