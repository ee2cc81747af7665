"""Tables of requests: columns, rows read in chunks, and one file per format that writes them as they come."""
