"""Answers as JSON or XML, in the shapes of GeoReport v2."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpResponse

NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ITEM = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}
"""How XML names each of several."""


def answer_in(format: str, root: str, item: str, content: Any, status: int = 200) -> HttpResponse:
    """Write ``content``: a list of ``item`` under ``root``, or one mapping that is the root itself."""
    if format == "json":
        body = json.dumps(content, ensure_ascii=False).encode()
        response = HttpResponse(body, content_type="application/json; charset=utf-8", status=status)
    else:
        top = Element(root)
        if isinstance(content, Mapping):
            _fill(top, content)
        else:
            for one in content:
                _fill(SubElement(top, item), one)
        body = tostring(top, encoding="utf-8", xml_declaration=True)
        response = HttpResponse(body, content_type="text/xml; charset=utf-8", status=status)
    # Anybody may read it from a page of theirs: there is no cookie, and nothing of anybody's.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _fill(element: Element, content: Any) -> None:
    if isinstance(content, Mapping):
        for name, value in content.items():
            _fill(SubElement(element, name), value)
    elif isinstance(content, Sequence) and not isinstance(content, str):
        for value in content:
            _fill(SubElement(element, ITEM[element.tag]), value)
    elif content is not None:
        text = str(content).lower() if isinstance(content, bool) else str(content)
        element.text = NOT_IN_XML.sub("", text)
