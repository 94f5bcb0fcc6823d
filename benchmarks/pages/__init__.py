"""What an officer's pages cost in a season of five thousand missions."""
