"""The address or the point is in a district."""

from django.utils.translation import gettext_lazy as _

from procedures.plugins import Kept, Operator


class InDistrict(Operator):
    """As it was found when the answer was given."""

    slug = "in_district"
    label = _("is in the district")

    def holds(self, kept: Kept, value: Kept) -> bool:
        """True for a place whose ``district`` is that slug."""
        district = kept.get("district") if isinstance(kept, dict) else None
        return isinstance(district, str) and district != "" and district == value
