"""The secret link by which a resident follows a request without an account.

The token is an HMAC, under a key of the server, of a random nonce kept with the request;
the row also keeps the token's SHA-256, by which a link is found. So later e-mails can bear
the same link, while a copy of the database opens no request (the server's key is not in
it), a renewed nonce revokes a link, and links already sent survive a change of SECRET_KEY.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode

from django.conf import settings

_PURPOSE = b"parvis.request.access:"


def new_nonce() -> str:
    """Draw the nonce of a new link: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def fingerprint(token: str) -> str:
    """What is stored of a token and searched for: SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token(nonce: str) -> str:
    """Compute the token of a new link: 43 characters that fit an address."""
    return _token(settings.SECRET_KEY, nonce)


def token_of(nonce: str, stored_fingerprint: str) -> str | None:
    """Compute the token of a link made before, with the present key or a former one.

    Returns:
        None where no key of the server (SECRET_KEY_FALLBACKS) gives the stored fingerprint.
    """
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = _token(str(key), nonce)
        if hmac.compare_digest(fingerprint(token), stored_fingerprint):
            return token
    return None


def signature(purpose: bytes, key: str, nonce: str) -> str:
    """HMAC of ``nonce`` under ``key`` for one ``purpose`` alone: 43 characters that fit an address."""
    digest = hmac.digest(hashlib.sha256(purpose + key.encode()).digest(), nonce.encode(), "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _token(key: str, nonce: str) -> str:
    return signature(_PURPOSE, key, nonce)
