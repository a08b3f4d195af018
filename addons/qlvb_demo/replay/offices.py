"""The offices of the demonstration as issuers and addressees of papers."""

from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from ..papers import (
    agency_of_district,
    committee_of_commune,
    committee_of_district,
    outside_issuers,
)
from ..people import holder

DATA = Path(__file__).parents[1] / "data"
COMMITTEE = "ubnd"


@lru_cache(maxsize=1)
def units():
    """Return name, symbol, kind and place of each unit, by slug."""
    return _records("qlvb_unit_data.xml", "unit_")


@lru_cache(maxsize=1)
def fields():
    """Return the symbol of each field of work, by slug."""
    found = _records("qlvb_work_field_data.xml", "field_")
    return {slug: values["symbol"] for slug, values in found.items()}


def _records(name, prefix):
    return {
        record.get("id").removeprefix(prefix): {
            field.get("name"): field.text for field in record
        }
        for record in ElementTree.parse(DATA / name).iter("record")
    }


@lru_cache(maxsize=64)
def issuer(key):
    """Return the :class:`~..papers.Issuer` of a unit's slug or an outside key.

    :raises KeyError: for a key that is neither
    """
    unit = units().get(key)
    if unit is None:
        return outside_issuers()[key]
    head, deputy = holder(key, "head").name, holder(key, "deputy").name
    if unit["kind"] == "committee":
        return committee_of_district(head, deputy)
    if unit["kind"] == "commune":
        return committee_of_commune(
            unit["name"], unit["symbol"], unit["place"], head, deputy
        )
    return agency_of_district(unit["name"], unit["symbol"], head, deputy)


def addressee(slug):
    """Return a unit's name as it is written out on a paper."""
    return units()[slug]["name"].replace("UBND", "Ủy ban nhân dân", 1)
