"""A browser with JavaScript, as far as files go: it speaks tus 1.0 to the test client."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django.http import HttpResponse

from tests.factories.filing import Resident
from tests.factories.procedures import block_id

HEADERS = {"Tus-Resumable": "1.0.0", "Origin": "http://testserver"}
PIECE = "application/offset+octet-stream"


def told(**words: str) -> str:
    """The header ``Upload-Metadata``."""
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in words.items())


class Sender:
    """Sends files into the draft of a resident's browser."""

    def __init__(self, resident: Resident, question: str = "piece") -> None:
        self.client, self.question = resident.client, block_id(question)
        self.url = resident.url("envois")

    def begin(self, name: str, size: int, fingerprint: str = "1", **headers: str) -> HttpResponse:
        words = told(question=self.question, filename=name, fingerprint=fingerprint)
        length = {"Upload-Length": str(size), "Upload-Metadata": words}
        return self.client.post(self.url, content_type="text/plain", headers={**HEADERS, **length, **headers})

    def piece(self, address: str, place: int, data: bytes, **headers: str) -> HttpResponse:
        at = {"Upload-Offset": str(place)}
        return self.client.patch(address, data, content_type=PIECE, headers={**HEADERS, **at, **headers})

    def where(self, address: str) -> int:
        response = self.client.head(address, headers=HEADERS)
        assert response.status_code == 200, response.status_code
        return int(response["Upload-Offset"])

    def remove(self, address: str) -> HttpResponse:
        return self.client.delete(address, headers=HEADERS)

    def send(self, name: str, data: bytes, piece_bytes: int = 1000, **begin: Any) -> HttpResponse:
        """Send a whole file; return the last answer."""
        response = self.begin(name, len(data), **begin)
        if response.status_code != 201:
            return response
        address = response["Location"]
        for place in range(int(response["Upload-Offset"]), len(data), piece_bytes):
            response = self.piece(address, place, data[place : place + piece_bytes])
            if response.status_code != 204:
                break
        return response
