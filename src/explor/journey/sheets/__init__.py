"""Project sheets: public pages of projects, generated or imported, corrected and published."""
