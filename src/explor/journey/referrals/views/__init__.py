"""Pages of referrals, one module per role."""
