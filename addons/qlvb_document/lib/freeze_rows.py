"""The database's own guard of what is only ever added to.

A direction, an urge, an order, a result that was sent back, the closed pages of a
register are never changed; of a request for more time the decision is added, once.
Files that belong to such rows stay as they are.
"""

FROZEN_FILE_COLUMNS = (
    "name",
    "res_model",
    "res_id",
    "res_field",
    "public",
    "type",
    "url",
    "store_fname",
    "db_datas",
    "checksum",
    "file_size",
    "mimetype",
)
"""What a file is and where it hangs; what is known of it besides may be noted."""

UNLESS_PURGED = """
    IF TG_OP IN ('UPDATE', 'DELETE')
        AND current_setting('qlvb.correction', true) <> '' THEN
        IF qlvb_purging_row(to_jsonb(OLD)) THEN
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END IF;
    END IF;
"""
"""What was said about a document goes with its contents; see ``freeze_correction``."""

_APPEND_ONLY = (
    """
CREATE OR REPLACE FUNCTION {table}_freeze() RETURNS trigger AS $$
BEGIN{along}"""
    + UNLESS_PURGED
    + """
    RAISE EXCEPTION 'qlvb: rows of {table} are never changed'
        USING ERRCODE = 'restrict_violation';
END
$$ LANGUAGE plpgsql;
"""
)

_GOES_WITH = """
    IF TG_OP = 'DELETE' THEN
        -- Its owner is gone already: a draft that nobody has submitted yet.
        IF NOT EXISTS (SELECT FROM {owner} WHERE id = OLD.document_id) THEN
            RETURN OLD;
        END IF;
    END IF;"""

_TRIGGERS = """
CREATE OR REPLACE TRIGGER {table}_freeze
    BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_freeze();
CREATE OR REPLACE TRIGGER {table}_no_truncate
    BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_freeze();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_freeze;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate;
"""


def append_only(table: str, goes_with: str | None = None) -> str:
    """Return the SQL that lets rows of a table be added and nothing else.

    :param goes_with: the table whose row takes those of its ``document_id`` along,
        where that may be deleted at all

    >>> "BEFORE UPDATE OR DELETE ON qlvb_urge" in append_only("qlvb_urge")
    True
    >>> "FROM qlvb_document WHERE" in append_only("qlvb_version", "qlvb_document")
    True
    """
    along = _GOES_WITH.format(owner=goes_with) if goes_with else ""
    return (_APPEND_ONLY + _TRIGGERS).format(table=table, along=along)


EXTENSION_SQL = (
    """
CREATE OR REPLACE FUNCTION qlvb_extension_freeze() RETURNS trigger AS $$
BEGIN"""
    + UNLESS_PURGED
    + """
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'qlvb: a request for more time is never deleted'
            USING ERRCODE = 'restrict_violation';
    ELSIF OLD.state <> 'asked' OR ROW(
        NEW.id, NEW.assignment_id, NEW.document_id, NEW.asked_by_id,
        NEW.asked_behalf_id, NEW.asked_at, NEW.old_deadline, NEW.new_deadline,
        NEW.reason
    ) IS DISTINCT FROM ROW(
        OLD.id, OLD.assignment_id, OLD.document_id, OLD.asked_by_id,
        OLD.asked_behalf_id, OLD.asked_at, OLD.old_deadline, OLD.new_deadline,
        OLD.reason
    ) THEN
        RAISE EXCEPTION 'qlvb: request for more time % is decided once', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;
"""
    + _TRIGGERS.format(table="qlvb_extension")
)


_KEPT_FILE = """
CREATE OR REPLACE FUNCTION {name}_freeze() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT FROM {table} WHERE {column} = OLD.id) THEN
        RAISE EXCEPTION 'qlvb: file % is kept by {table}', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER {name}_freeze
    BEFORE DELETE OR UPDATE OF {columns} ON ir_attachment
    FOR EACH ROW EXECUTE FUNCTION {name}_freeze();
ALTER TABLE ir_attachment ENABLE ALWAYS TRIGGER {name}_freeze;
"""


def kept_file(table: str, column: str) -> str:
    """Return the SQL that keeps files as they are to which rows of a table point.

    >>> "ON ir_attachment" in kept_file("qlvb_direction", "scan_id")
    True
    """
    return _KEPT_FILE.format(
        name=f"{table}_{column.removesuffix('_id')}",
        table=table,
        column=column,
        columns=", ".join(FROZEN_FILE_COLUMNS),
    )


PAGE_FILE_SQL = """
CREATE OR REPLACE TRIGGER qlvb_register_page_file_freeze
    BEFORE DELETE OR UPDATE OF {columns} ON ir_attachment
    FOR EACH ROW WHEN (OLD.res_model = 'qlvb.register.page')
    EXECUTE FUNCTION qlvb_register_page_freeze();
ALTER TABLE ir_attachment ENABLE ALWAYS TRIGGER qlvb_register_page_file_freeze;
""".format(columns=", ".join(FROZEN_FILE_COLUMNS))
"""Uses the function that ``append_only`` makes for the pages themselves."""
