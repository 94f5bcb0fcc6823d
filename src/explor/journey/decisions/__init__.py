"""What a committee decides on each need: verdict, announcement, letters, request for review."""
