"""The land: towns and their postcodes, addresses and their coordinates, the city's districts."""
