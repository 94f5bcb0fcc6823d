"""Decisions of a committee on needs: verdict, announcement, letters, appeals."""
