"""Where an expert outside the city reads one request and gives an opinion, without an account."""
