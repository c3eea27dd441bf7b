"""How things are said at the edge: languages, sentences, values and their catalogues."""
