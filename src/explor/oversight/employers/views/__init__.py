"""Pages on the missions of an employer's staff, and on the employer's gifts."""
