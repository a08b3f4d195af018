"""The one clock of QLVB.

Every date that an act of the office leaves behind is read here, so that a day
means a day in Hà Nội everywhere, and so that the replay of a closed year can
run under a clock of its own.  The frozen clock lives in this process alone: no
context key, parameter or RPC call reaches it.
"""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_frozen: datetime | None = None


def now() -> datetime:
    """Return the present moment: naive, in UTC, to the second (Odoo's form)."""
    if _frozen is not None:
        return _frozen
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def to_local(moment: datetime) -> datetime:
    """Turn a naive UTC moment into an aware one in Hà Nội's zone."""
    return moment.replace(tzinfo=UTC).astimezone(OFFICE_ZONE)


def wall(moment: datetime) -> datetime:
    """Turn a naive UTC moment into what the clock on Hà Nội's wall shows, naive.

    >>> wall(datetime(2026, 8, 26, 2))
    datetime.datetime(2026, 8, 26, 9, 0)
    """
    return to_local(moment).replace(tzinfo=None)


def to_utc(moment: datetime) -> datetime:
    """Turn a naive moment of the wall clock in Hà Nội into a naive UTC one."""
    local = moment.replace(tzinfo=OFFICE_ZONE)
    return local.astimezone(UTC).replace(tzinfo=None)


def today() -> date:
    """Return the day it is in Hà Nội, which is not always UTC's."""
    return to_local(now()).date()


def is_frozen() -> bool:
    """Tell whether this process lives in a replayed moment."""
    return _frozen is not None


@contextmanager
def frozen(moment: datetime):
    """Hold the clock of this process at ``moment`` (naive, UTC)."""
    global _frozen
    before, _frozen = _frozen, moment.replace(microsecond=0)
    try:
        yield
    finally:
        _frozen = before
