"""Pages available only in demonstrations."""
