"""Reports, joint evaluations and recommendations that follow a mission."""
