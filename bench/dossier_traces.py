"""What stands beside dossiers: orders, opinions, tasks, hands, decisions, journal.

Written in SQL from the dossiers and their assignments; an order and an opinion bear
the number of the assignment from which they come.
"""

_TRACES = (
    """INSERT INTO qlvb_order (id, dossier_id, parent_id, giver_id, giver_unit_id,
           date, create_uid, write_uid, create_date, write_date)
       SELECT id, dossier_id, parent_id, giver_id, giver_unit_id, sent_at, giver_id,
           giver_id, sent_at, sent_at
       FROM qlvb_assignment WHERE id >= %(order)s""",
    """INSERT INTO qlvb_opinion (id, dossier_id, author_id, author_title, unit_id,
           assignment_id, body, date, is_fixed, create_uid, write_uid, create_date,
           write_date)
       SELECT id, dossier_id, doer_id, 'Trưởng phòng', unit_id, id,
           'Nhất trí với nội dung đề xuất.', done_at, true, doer_id, doer_id, done_at,
           done_at
       FROM qlvb_assignment
       WHERE id >= %(order)s AND state = 'done'
         AND (role = 'support' OR parent_id IS NOT NULL)""",
    """INSERT INTO qlvb_dossier_task (dossier_id, sequence, name, is_done, create_uid,
           write_uid, create_date, write_date)
       SELECT d.id, 10 * n, 'Bước ' || n,
           d.state IN ('completed', 'closed') OR n <= d.id %% %(tasks)s,
           d.create_uid, d.create_uid, d.create_date, d.write_date
       FROM qlvb_dossier d, generate_series(1, %(tasks)s) n WHERE d.id >= %(first)s""",
    """WITH orders AS (
           SELECT a.*, child.state AS child_state, child.done_at AS child_done
           FROM qlvb_assignment a
           LEFT JOIN qlvb_assignment child ON child.parent_id = a.id
           WHERE a.id >= %(order)s
       ), stays (dossier_id, assignment_id, step, unit_id, user_id, is_main,
                 date_from, date_to) AS (
           SELECT d.id, NULL::int, 'assign', d.unit_id, NULL::int, true, d.date_open,
               a.sent_at
           FROM qlvb_dossier d LEFT JOIN orders a ON a.dossier_id = d.id
               AND a.role = 'lead' AND a.parent_id IS NULL
           WHERE d.id >= %(first)s
           UNION ALL
           SELECT dossier_id, id, 'accept', unit_id, user_id, role = 'lead', sent_at,
               accepted_at FROM orders
           UNION ALL
           SELECT dossier_id, id, 'work', unit_id, user_id, role = 'lead', accepted_at,
               done_at FROM orders WHERE accepted_at IS NOT NULL AND child_state IS NULL
           UNION ALL
           SELECT dossier_id, id, 'look', unit_id, user_id, role = 'lead', child_done,
               done_at FROM orders WHERE child_state = 'done'
           UNION ALL
           SELECT d.id, NULL, 'close', d.unit_id, NULL, true, a.done_at, d.date_closed
           FROM qlvb_dossier d JOIN orders a ON a.dossier_id = d.id
               AND a.role = 'lead' AND a.parent_id IS NULL
           WHERE d.id >= %(first)s AND d.state IN ('completed', 'closed')
       )
       INSERT INTO qlvb_dossier_stay (dossier_id, assignment_id, step, unit_id, user_id,
           is_main, date_from, date_to, create_uid, write_uid, create_date, write_date)
       SELECT s.*, 1, 1, date_from, COALESCE(date_to, date_from)
       FROM stays s ORDER BY date_from""",
    """UPDATE qlvb_dossier d SET holder_since = s.date_from
       FROM (SELECT dossier_id, min(date_from) AS date_from FROM qlvb_dossier_stay
             WHERE date_to IS NULL AND is_main GROUP BY dossier_id) s
       WHERE s.dossier_id = d.id AND d.id >= %(first)s""",
    """INSERT INTO qlvb_dossier_decision (dossier_id, kind, author_id, date, text,
           create_uid, write_uid, create_date, write_date)
       SELECT id, 'closed', closed_by_id, date_closed, closing_note, closed_by_id,
           closed_by_id, date_closed, date_closed
       FROM qlvb_dossier WHERE id >= %(first)s AND state = 'closed'""",
    """INSERT INTO qlvb_journal (event, res_model, res_id, record_name, unit_id,
           user_id, date, origin, address)
       SELECT event, 'qlvb.dossier', id, code, unit_id, opened_by_id, moment, 'web',
           '127.0.0.1'
       FROM qlvb_dossier d, LATERAL (VALUES
           ('dossier_opened', date_open),
           ('dossier_assigned', CASE WHEN state <> 'draft' THEN date_open END),
           ('dossier_closed', date_closed)) AS acts (event, moment)
       WHERE id >= %(first)s AND moment IS NOT NULL ORDER BY moment""",
)


def write_traces(cr, first, order, tasks):
    """Write what the acts leave beside the dossiers.

    :param cr: cursor in autocommit
    :param first: id of the first dossier, and ``order`` of the first assignment
    :param tasks: how many tasks each dossier has
    """
    cr.execute("SET work_mem = '256MB'")
    cr.execute("ANALYZE qlvb_dossier, qlvb_assignment")
    for statement in _TRACES:
        cr.execute(statement, {"first": first, "order": order, "tasks": tasks})
