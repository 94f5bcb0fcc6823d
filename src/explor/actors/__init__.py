"""Those who take part: networks, organisations, experts, and the projects they share."""
