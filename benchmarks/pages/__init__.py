"""What pages cost on a season of five thousand sheets and five thousand missions."""
