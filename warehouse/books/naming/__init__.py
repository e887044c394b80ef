"""The parts of reading a file name, in the order in which `filenames.parse_filename` uses them."""
