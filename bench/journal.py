"""The traces that acts leave beside the papers: journal, directions, messages, files.

Written in SQL from the documents and assignments of a chunk, in the order in which
the acts were done.
"""

import base64
import hashlib
import json

from odoo.addons.qlvb_base.lib.clock import now

#: A page as small as a PDF may be: the benchmark does not measure the disk.
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

_ACTS = """
WITH papers AS (
    SELECT d.*, CASE WHEN number > 0
        THEN %(before)s || lpad(number::text, greatest(2, length(number::text)), '0')
             || %(between)s || reference
        ELSE reference END AS name
    FROM qlvb_document d WHERE id BETWEEN %(first)s AND %(last)s
), orders AS (
    SELECT a.*, p.name, p.unit_id AS owner_id FROM qlvb_assignment a
    JOIN papers p ON p.id = a.document_id
), acts (event, res_id, name, unit_id, user_id, on_behalf_of_id, moment, data) AS (
    SELECT 'received', id, reference, NULL::int, drafter_id, NULL::int, create_date,
           NULL::jsonb
    FROM papers
    UNION ALL
    SELECT 'registered', id, name, unit_id, registered_by_id, NULL, registered_at,
           jsonb_build_object('register', register_id, 'number', number, 'files',
               jsonb_build_object((id + %(shift)s)::text, %(sha256)s::text))
    FROM papers WHERE number > 0
    UNION ALL
    SELECT 'refused', id, name, unit_id, drafter_id, NULL, create_date, NULL
    FROM papers WHERE state = 'refused'
    UNION ALL
    SELECT 'direction_recorded', d.document_id, p.name, p.unit_id, d.recorded_by_id,
           NULL, d.date, jsonb_build_object('author', %(author_name)s::text)
    FROM qlvb_direction d JOIN papers p ON p.id = d.document_id
    UNION ALL
    SELECT 'assignment_given', document_id, name, giver_unit_id, giver_id, NULL,
           sent_at, jsonb_build_object('assignment', id)
    FROM orders
    UNION ALL
    SELECT 'assignment_forwarded', document_id, name, giver_unit_id, giver_id, NULL,
           sent_at, jsonb_build_object('assignment', parent_id)
    FROM orders WHERE parent_id IS NOT NULL
    UNION ALL
    SELECT 'assignment_accepted', document_id, name, unit_id,
           COALESCE(user_id, doer_id, giver_id), NULL, accepted_at,
           jsonb_build_object('assignment', id)
    FROM orders WHERE accepted_at IS NOT NULL
    UNION ALL
    SELECT 'opened', document_id, name, NULL, COALESCE(user_id, doer_id, giver_id),
           NULL, seen_at, NULL
    FROM orders WHERE seen_at IS NOT NULL
    UNION ALL
    SELECT 'assignment_finished', document_id, name, unit_id, doer_id, NULL, done_at,
           jsonb_build_object('assignment', id)
    FROM orders WHERE state = 'done'
    UNION ALL
    SELECT 'document_done', document_id, name, NULL, doer_id, NULL, done_at, NULL
    FROM orders WHERE role = 'lead' AND parent_id IS NULL AND state = 'done'
)
INSERT INTO qlvb_journal (event, res_model, res_id, record_name, unit_id, user_id,
                          on_behalf_of_id, date, origin, address, data)
SELECT event, 'qlvb.document', res_id, name, unit_id, user_id, on_behalf_of_id, moment,
       'web', '127.0.0.1', data
FROM acts ORDER BY moment, res_id
"""

_DIRECTIONS = """
INSERT INTO qlvb_direction (document_id, author_id, recorded_by_id, date, text,
                            create_uid, write_uid, create_date, write_date)
SELECT id, %(author)s, %(recorder)s, received_date + time '02:30', %(text)s,
       %(recorder)s, %(recorder)s, received_date + time '02:30',
       received_date + time '02:30'
FROM qlvb_document
WHERE id BETWEEN %(first)s AND %(last)s AND state IN ('assigned', 'done')
  AND unit_id = %(committee)s AND id %% 2 = 0
"""


class Templates:
    """Rows that the ORM wrote of one paper, to be repeated for a million.

    The paper is entered by a clerk in a transaction that is rolled back; its file
    stays in the store, as one file for all: the store keeps equal files once.
    """

    def __init__(self, env):
        # The ids of the rows of the template itself are never used again.
        self.shift = 0
        clerk = env["qlvb.position"].search([("role", "=", "clerk")], limit=1)
        paper = self._enter_paper(env, clerk)
        self.attachment = _row(env, "ir_attachment", paper.attachment_ids[:1].id)
        self.message = _row(env, "mail_message", paper.message_ids[:1].id)
        named = env["qlvb.document"].with_context(lang="vi_VN")
        name = named.new({"number": 11, "reference": "REFERENCE"}).display_name
        self.before, _, rest = name.partition("11")
        self.between = rest.partition("REFERENCE")[0]
        committee = env["qlvb.unit"].search([("kind", "=", "committee")], limit=1)
        chiefs = env["qlvb.position"].search(
            [("role", "=", "chief_of_office"), ("unit_id", "=", committee.id)]
        )
        self.values = {
            "committee": committee.id,
            "author": committee.head_id.id,
            "author_name": committee.head_id.name,
            "recorder": chiefs[:1].user_id.id,
            "text": "Chuyển đơn vị chuyên môn tham mưu, báo cáo trước hạn.",
            "before": self.before,
            "between": self.between,
            "sha256": hashlib.sha256(PDF).hexdigest(),
        }
        env.cr.rollback()
        # Read again what the transaction had drawn from the sequences.
        env.cr.execute("SELECT COALESCE(max(id), 0) FROM ir_attachment")
        last_file = env.cr.fetchone()[0]
        env.cr.execute("SELECT COALESCE(max(id), 0) FROM qlvb_document")
        self.shift = last_file + 1_000 - env.cr.fetchone()[0]
        env.cr.rollback()

    def _enter_paper(self, env, clerk):
        paper = (
            env["qlvb.document"]
            .with_user(clerk.user_id)
            .with_context(lang="vi_VN")
            .create(
                {
                    "direction": "in",
                    "unit_id": clerk.unit_id.id,
                    "issuer": "Sở Nội vụ",
                    "reference": "01/SNV",
                    "document_date": now().date(),
                    "received_date": now().date(),
                    "summary": "Bản ghi mẫu",
                    "type_id": env["qlvb.document.type"].search([], limit=1).id,
                    "scan": base64.b64encode(PDF),
                    "scan_name": "ban-quet.pdf",
                }
            )
        )
        env.flush_all()
        return paper.sudo()


def _row(env, table, row_id):
    """Return a stored row but for its id, as a dict."""
    env.cr.execute(f'SELECT * FROM "{table}" WHERE id = %s', (row_id,))
    names = [column.name for column in env.cr.description]
    row = dict(zip(names, env.cr.fetchone(), strict=True))
    del row["id"]
    return {
        name: json.dumps(value) if isinstance(value, dict) else value
        for name, value in row.items()
    }


def write_traces(cr, templates, first, last):
    """Write what the acts on a range of papers leave beside them."""
    span = {"first": first, "last": last, "shift": templates.shift}
    cr.execute(_DIRECTIONS, templates.values | span)
    cr.execute(_ACTS, templates.values | span)
    _repeat(
        cr,
        "ir_attachment",
        templates.attachment,
        {
            "id": "d.id + %(shift)s",
            "res_id": "d.id",
            "create_uid": "d.create_uid",
            "write_uid": "d.create_uid",
            "create_date": "d.create_date",
            "write_date": "d.create_date",
        },
        span,
    )
    _repeat(
        cr,
        "mail_message",
        templates.message,
        {
            "res_id": "d.id",
            "author_id": "u.partner_id",
            "email_from": "p.email_normalized",
            "reply_to": "p.email_normalized",
            "message_id": "'<' || d.id || '-openerp-message-notify@bench>'",
            "create_uid": "d.create_uid",
            "write_uid": "d.create_uid",
            "date": "d.create_date",
            "create_date": "d.create_date",
            "write_date": "d.create_date",
        },
        span,
    )
    cr.execute(
        "INSERT INTO qlvb_document_attachment_rel (document_id, attachment_id)"
        " SELECT id, id + %(shift)s FROM qlvb_document"
        " WHERE id BETWEEN %(first)s AND %(last)s",
        span,
    )


def _repeat(cr, table, row, own, span):
    """Insert a row once per paper: the template's values but for those of its own."""
    fixed = {name: value for name, value in row.items() if name not in own}
    names = [*own, *fixed]
    values = [*own.values(), *(f"%(fixed_{name})s" for name in fixed)]
    cr.execute(
        'INSERT INTO "{}" ({}) SELECT {} FROM qlvb_document d'
        " JOIN res_users u ON u.id = d.create_uid"
        " JOIN res_partner p ON p.id = u.partner_id"
        " WHERE d.id BETWEEN %(first)s AND %(last)s ORDER BY d.id".format(
            table, ", ".join(f'"{name}"' for name in names), ", ".join(values)
        ),
        span | {f"fixed_{name}": value for name, value in fixed.items()},
    )
