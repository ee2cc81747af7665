"""Who works for the residents, and where: divisions, departments, places, organisations.

Each entry exists once per language. Everybody points at the **source row** (French):
membership, requests, pages and opening hours hang on it, translations only overlay texts.
"""

from directory.models.departments import Department, DepartmentClosure, Division
from directory.models.districts import District
from directory.models.entries import EntryQuerySet
from directory.models.members import DepartmentMember, departments_of
from directory.models.organisations import Organisation
from directory.models.pages import DirectoryPage
from directory.models.places import Place, PlaceClosure

__all__ = [
    "Department",
    "DepartmentClosure",
    "DepartmentMember",
    "DirectoryPage",
    "District",
    "Division",
    "EntryQuerySet",
    "Organisation",
    "Place",
    "PlaceClosure",
    "departments_of",
]
