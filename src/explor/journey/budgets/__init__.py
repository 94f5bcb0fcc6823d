"""The budget of the missions: what is planned, committed and paid."""
