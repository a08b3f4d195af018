from datetime import date, datetime

from ..lib import clock, halfdays
from ..models import qlvb_access_log
from .common import OfficeCase

WEDNESDAY = date(2026, 8, 26)


class DutyCase(OfficeCase):
    """People who look in at moments of Wednesday 26 August 2026, or do not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A round commits after each checkpoint; a test commits nothing.
        cls.classPatch(
            cls.registry["ir.cron"],
            "_commit_progress",
            lambda cron, processed=0, **_: float("inf"),
        )

    def setUp(self):
        super().setUp()
        # What one test has noted is rolled back; this process must not know it.
        self.addCleanup(qlvb_access_log._noted.clear)
        qlvb_access_log._noted.clear()
        self.env["qlvb.access.log"].search([]).unlink()
        self.env["qlvb.duty"].search([]).unlink()

    def look_in(self, user, *moment):
        """Let ``user`` use the system at a moment of the wall clock in Hà Nội."""
        with self.at(*moment):
            self.env["qlvb.access.log"].with_user(user)._note()

    def uses(self, user):
        """Return the half-days noted for ``user``."""
        rows = self.env["qlvb.access.log"].search([("user_id", "=", user.id)])
        return [(row.date, row.half) for row in rows.sorted("first_at")]

    def find(self, *moment):
        """Let the checkpoints be found at a moment of the wall clock."""
        with self.at(*moment):
            self.env["qlvb.duty"]._cron_find()

    def duty(self, user, half=halfdays.MORNING, day=WEDNESDAY):
        """Return the row of ``user`` of a half-day."""
        return self.env["qlvb.duty"].search(
            [("user_id", "=", user.id), ("half", "=", half), ("date", "=", day)]
        )

    def away(self, user, day=WEDNESDAY, **values):
        """Record that ``user`` is away on a day."""
        return self.env["qlvb.absence"].create(
            {
                "user_id": user.id,
                "reason": "mission",
                "date_from": day,
                "date_to": day,
                **values,
            }
        )

    @staticmethod
    def utc(*moment):
        """Return a moment of the wall clock in Hà Nội as the database holds it."""
        return clock.to_utc(datetime(*moment))
