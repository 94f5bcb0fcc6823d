"""An organisation moves to another network once it and both networks have agreed."""
