"""Lifelike papers for the demonstration, in the layout of Decree 30/2020.

Everything here is plain Python without ORM: texts and letterheads are data, the
pages are drawn by WeasyPrint. The same arguments give the same page.
"""

from .compose import ADDRESSED, compose, compose_draft, compose_pdf
from .issuers import (
    Issuer,
    agency_of_district,
    committee_of_commune,
    committee_of_district,
    outside_issuers,
)
from .layout import render_pdf
from .paper import Paper, Signature
from .regulation import compose_regulation

__all__ = [
    "ADDRESSED",
    "Issuer",
    "Paper",
    "Signature",
    "agency_of_district",
    "committee_of_commune",
    "committee_of_district",
    "compose",
    "compose_draft",
    "compose_pdf",
    "compose_regulation",
    "outside_issuers",
    "render_pdf",
]
