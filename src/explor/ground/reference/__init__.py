"""Reference lists and tables (countries, sectors, postcodes...), and places on the map."""
