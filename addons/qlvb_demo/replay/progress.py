"""How far the replay is: one row that every act moves on in its own transaction.

The row is read by the launcher and by whoever shows it. It is written in SQL: going
through ``set_param`` would empty the caches of the running server at every act.
Readers use SQL for the same reason, see :func:`read`.
"""

import json

KEY = "qlvb_demo.replay"


def read(cr):
    """Return ``{"state", "done", "total", …}``; empty before the replay began.

    ``state`` is ``running``, ``done`` or ``failed``; ``skipped`` counts the acts that
    the gate refused because somebody had acted on the paper in the meantime.
    """
    cr.execute("SELECT value FROM ir_config_parameter WHERE key = %s", (KEY,))
    row = cr.fetchone()
    return json.loads(row[0]) if row else {}


def write(cr, facts):
    """Store ``facts`` with the caller's transaction."""
    cr.execute(
        """INSERT INTO ir_config_parameter
               (key, value, create_uid, write_uid, create_date, write_date)
           VALUES (%s, %s, 1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')
           ON CONFLICT (key) DO UPDATE
           SET value = EXCLUDED.value, write_date = EXCLUDED.write_date""",
        (KEY, json.dumps(facts)),
    )
