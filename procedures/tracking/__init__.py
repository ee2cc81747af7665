"""Where residents follow a request: by number and e-mail, or by the secret link. No table, no cookie."""
