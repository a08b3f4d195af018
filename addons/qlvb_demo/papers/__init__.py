"""Lifelike papers for the demonstration, in the layout of Decree 30/2020.

Everything here is plain Python without ORM: texts and letterheads are data, the
pages are drawn by WeasyPrint. The same arguments give the same page.
"""

from .compose import compose, compose_pdf
from .issuers import (
    Issuer,
    agency_of_district,
    committee_of_commune,
    committee_of_district,
    outside_issuers,
)
from .layout import render_pdf
from .paper import Paper

__all__ = [
    "Issuer",
    "Paper",
    "agency_of_district",
    "committee_of_commune",
    "committee_of_district",
    "compose",
    "compose_pdf",
    "outside_issuers",
    "render_pdf",
]
