"""A second of the browser's work in place of a riddle: ALTCHA's protocol, without its script or its host.

The browser finds the number that makes SHA-256 of salt, nonce and number begin as the
challenge says (``static/js/proof-of-work.js``). A challenge serves one draft, and a draft is
sent once: nothing has to be remembered to refuse a proof that comes twice.
"""

from __future__ import annotations

import json
import secrets
import time
from uuid import UUID

import altcha
from django.conf import settings
from django.utils.crypto import salted_hmac

ALGORITHM = "SHA-256"
PREFIX_BYTES = 16
GOOD_FOR_SECONDS = 12 * 3600
LONGEST = 4_000
"""Characters of a proof that are read; ours have some 600."""


def new_challenge(key: UUID) -> str:
    """A challenge for the draft ``key``, as JSON for the page."""
    challenge = altcha.create_challenge(
        ALGORITHM,
        1,
        counter=secrets.randbelow(max(1, settings.FILING_PROOF_HASHES)),
        key_prefix_length=PREFIX_BYTES,
        expires_at=int(time.time()) + GOOD_FOR_SECONDS,
        data={"draft": mark_of(key)},
        hmac_secret=_secret(),
    )
    return json.dumps(challenge.to_dict())


def is_proof(text: str, key: UUID) -> bool:
    """Tell whether ``text`` is a solved challenge of the draft ``key``."""
    if not text or len(text) > LONGEST or not altcha.verify_solution(text, _secret()).verified:
        return False
    return altcha.Payload.from_base64(text).challenge.parameters.data == {"draft": mark_of(key)}


def mark_of(key: UUID) -> str:
    """What stands for the draft ``key`` where its key has no business."""
    return salted_hmac("parvis.filing.mark", key.bytes).hexdigest()


def _secret() -> bytes:
    return salted_hmac("parvis.filing.proof", "challenge").digest()
