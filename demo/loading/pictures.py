"""The drawings, as images of the site."""

from __future__ import annotations

from django.core.files.images import ImageFile
from wagtail.images import get_image_model

from demo.loading.city import City
from demo.loading.data import DEMO, read


def load(city: City) -> None:
    """Make one image per drawing, described in words."""
    image_model = get_image_model()
    for key, words in read("pictures").items():
        with (DEMO / "pictures" / f"{key}.webp").open("rb") as file:
            image = image_model(title=words.split(" :")[0].split("\u202f:")[0], description=words)
            image.file = ImageFile(file, name=f"valmarie-{key}.webp")
            image.save()
        city.pictures[key] = image
    city.say(f"{len(city.pictures)} pictures")
