"""Whether the filled rows are what the ORM would have written, told on a sample."""

SAMPLE = 400


def complaints(env, office):
    """Return what is not as the ORM would have it, in words; nothing when all is.

    :param env: environment of the superuser; what is written in it is rolled back
    :param office: the office that was filled
    """
    found = [
        *_recomputed(env["qlvb.document"]),
        *_recomputed(env["qlvb.assignment"]),
        *_registers(env),
        *_shapes(env, office),
    ]
    env.cr.rollback()
    return found


def _sample(model):
    model.env.cr.execute(
        f'SELECT id FROM "{model._table}" ORDER BY md5(id::text) LIMIT %s', (SAMPLE,)
    )
    return model.browse(row[0] for row in model.env.cr.fetchall())


def _recomputed(model):
    """Compute every stored computed field of a sample again, audience and all."""
    records = _sample(model)
    stored = [f for f in model._fields.values() if f.store and f.compute]
    before = {
        field: {record.id: record[field.name] for record in records} for field in stored
    }
    for field in stored:
        model.env.add_to_compute(field, records)
    model.env.flush_all()
    model.env.invalidate_all()
    for field in stored:
        for record in records:
            was, now = before[field][record.id], record[field.name]
            if was != now:
                yield (
                    f"{model._name} {record.id}: {field.name} is {was!r},"
                    f" the ORM computes {now!r}"
                )
                break


def _registers(env):
    """Look for gaps and doubles in every register."""
    registers = env["qlvb.register"].search([])  # pylint: disable=no-search-all
    for register, wrong in registers._gaps().items():
        yield f"register {register}: {wrong}"


def _shapes(env, office):
    """Compare a paper that went through the acts with filled ones, column by column."""
    done = _work_through(env, office)
    like = env["qlvb.document"].search(
        [
            ("state", "=", "done"),
            ("id", "!=", done.id),
            ("assignment_ids.parent_id", "!=", False),
            ("assignment_ids.role", "=", "inform"),
            ("direction_ids", "!=", False),
        ],
        limit=50,
    )
    for table, condition in (
        ("qlvb_document", "id = ANY(%s)"),
        ("qlvb_assignment", "document_id = ANY(%s)"),
        ("qlvb_direction", "document_id = ANY(%s)"),
        ("qlvb_journal", "res_model = 'qlvb.document' AND res_id = ANY(%s)"),
        ("mail_message", "model = 'qlvb.document' AND res_id = ANY(%s)"),
        ("ir_attachment", "res_model = 'qlvb.document' AND res_id = ANY(%s)"),
    ):
        theirs = _columns(env, table, condition, done.ids)
        ours = _columns(env, table, condition, like.ids)
        if like and theirs != ours:
            yield (
                f"{table}: columns filled by the acts only {sorted(theirs - ours)},"
                f" here only {sorted(ours - theirs)}"
            )
    theirs, ours = _events(env, done), _events(env, like)
    if like and theirs != ours:
        yield f"journal: acts only {theirs - ours}, here only {ours - theirs}"


def _columns(env, table, condition, ids):
    """Return the columns that hold something in any of the rows.

    But for the caller's address, which a call inside this process has none of.
    """
    env.cr.execute(f"SELECT * FROM {table} WHERE {condition}", (ids,))
    names = [column.name for column in env.cr.description]
    return {
        name
        for row in env.cr.fetchall()
        for name, value in zip(names, row, strict=True)
        if value is not None and name != "address"
    }


def _events(env, papers):
    env.cr.execute(
        "SELECT DISTINCT event FROM qlvb_journal"
        " WHERE res_model = 'qlvb.document' AND res_id = ANY(%s)",
        (papers.ids,),
    )
    return {event for (event,) in env.cr.fetchall()}


def _work_through(env, office):
    """Take one paper through the acts, from the clerk's desk to the answer."""
    committee = office.committee
    lead, other = office.others[3:5]

    def of(records, user_id):
        return records.with_user(user_id)

    paper = of(env["qlvb.document"], committee.clerk).create(
        {
            "direction": "in",
            "unit_id": committee.id,
            "issuer": "Sở Nội vụ",
            "reference": "01/SNV",
            "document_date": env["qlvb.document"]._fields["received_date"].today(),
            "summary": "Mẫu",
            "type_id": office.kinds[0].id,
            "field_id": committee.fields[0] if committee.fields else False,
            "scan": "JVBERi0xLjQK",
            "scan_name": "scan.pdf",
        }
    )
    # The work without its transaction: this one is rolled back.
    of(paper, committee.clerk)._action_register()
    of(paper, committee.router).action_direct("Chuyển")
    orders = of(paper, committee.router).action_assign(
        [
            {"unit_id": lead.id, "role": "lead"},
            {"unit_id": other.id, "role": "inform"},
        ]
    )
    top, informed = env["qlvb.assignment"].browse(orders)
    worker = lead.specialists[0]
    (below,) = of(top, lead.head).action_forward([{"user_id": worker, "role": "lead"}])
    below = env["qlvb.assignment"].browse(below)
    for order, user_id in ((below, worker), (informed, other.head)):
        of(order, user_id).action_accept()
        of(order, user_id).action_done("Xong")
    of(top, lead.head).action_done("Xong")
    for user_id in (lead.head, worker):
        env["qlvb.journal"].with_user(user_id)._log("opened", paper)
    env.flush_all()
    return paper.sudo()
