"""The secret link: derivable by the server, by nobody else."""

from __future__ import annotations

from procedures.inbox.access_link import fingerprint, new_nonce, new_token, token_of


def test_token_is_long_fits_an_address_and_is_the_same_each_time():
    nonce = new_nonce()
    token = new_token(nonce)
    assert len(token) == 43
    assert token.replace("-", "").replace("_", "").isalnum()
    assert token_of(nonce, fingerprint(token)) == token


def test_tokens_of_two_requests_differ():
    assert new_token(new_nonce()) != new_token(new_nonce())


def test_what_is_stored_does_not_give_the_token_without_the_servers_key(settings):
    nonce = new_nonce()
    stored = fingerprint(new_token(nonce))
    settings.SECRET_KEY = "another-server"
    assert token_of(nonce, stored) is None


def test_link_survives_a_change_of_key_while_the_former_one_is_kept(settings):
    nonce, former = new_nonce(), settings.SECRET_KEY
    token = new_token(nonce)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the-new-key", [former]
    assert token_of(nonce, fingerprint(token)) == token
