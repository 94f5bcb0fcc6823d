"""Pages of referrals, a module per hat."""
