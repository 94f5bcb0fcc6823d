"""Budgets of missions: amounts planned, committed and paid."""
