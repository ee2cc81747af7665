"""What the site says, in other forms than a page of it: for now the tagged PDF."""
