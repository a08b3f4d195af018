"""The database's own guard of what is closed: a closed dossier can only be read.

The ORM refuses it first and in better words; these triggers stand behind it for
every path that does not pass there (Article 6.3).  Nothing of a closed dossier is
added, changed or deleted until it is reopened; who may see it is counted anew, and
what Article 3 should have kept out is erased by decision, all the same.
"""

from collections.abc import Iterable

KEY_SQL = """
-- Whether an approved purge is at work on what the dossier was opened on, or holds.
CREATE OR REPLACE FUNCTION qlvb_dossier_purging(dossier int) RETURNS boolean AS $$
BEGIN
    IF COALESCE(current_setting('qlvb.correction', true), '') = '' THEN
        RETURN false;
    END IF;
    RETURN COALESCE((SELECT qlvb_purging(origin_document_id)
                     FROM qlvb_dossier WHERE id = dossier), false)
        OR EXISTS (SELECT FROM qlvb_dossier_document
                   WHERE dossier_id = dossier AND qlvb_purging(document_id));
END
$$ LANGUAGE plpgsql STABLE;

-- What stands on a dossier goes with the contents of the document, too.
CREATE OR REPLACE FUNCTION qlvb_purging_row(held jsonb) RETURNS boolean AS $$
BEGIN
    RETURN qlvb_purging((held->>'document_id')::int)
        OR qlvb_dossier_purging((held->>'dossier_id')::int);
END
$$ LANGUAGE plpgsql STABLE;
"""

_DOSSIER_SQL = """
CREATE OR REPLACE FUNCTION qlvb_dossier_freeze() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'qlvb: dossiers are never deleted'
            USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'qlvb: dossier % was worked on and is never deleted', OLD.id
            USING ERRCODE = 'restrict_violation';
    ELSIF qlvb_dossier_purging(OLD.id) OR (
        NEW.state = 'in_progress' AND NEW.reopened_at IS NOT NULL
        AND NEW.date_closed IS NULL
    ) THEN
        RETURN NEW;
    ELSIF EXISTS (
        SELECT FROM unnest(TG_ARGV) name
        WHERE to_jsonb(NEW)->name IS DISTINCT FROM to_jsonb(OLD)->name
    ) THEN
        RAISE EXCEPTION 'qlvb: dossier % is closed', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_dossier_freeze
    BEFORE UPDATE ON qlvb_dossier FOR EACH ROW WHEN (OLD.state = 'closed')
    EXECUTE FUNCTION qlvb_dossier_freeze({columns});
CREATE OR REPLACE TRIGGER qlvb_dossier_keep
    BEFORE DELETE ON qlvb_dossier FOR EACH ROW WHEN (OLD.state <> 'draft')
    EXECUTE FUNCTION qlvb_dossier_freeze();
CREATE OR REPLACE TRIGGER qlvb_dossier_no_truncate
    BEFORE TRUNCATE ON qlvb_dossier
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_dossier_freeze();

-- Also in a session that plays a replica, which skips ordinary triggers.
ALTER TABLE qlvb_dossier ENABLE ALWAYS TRIGGER qlvb_dossier_freeze;
ALTER TABLE qlvb_dossier ENABLE ALWAYS TRIGGER qlvb_dossier_keep;
ALTER TABLE qlvb_dossier ENABLE ALWAYS TRIGGER qlvb_dossier_no_truncate;
"""

_PART_SQL = """
CREATE OR REPLACE FUNCTION qlvb_dossier_part_freeze() RETURNS trigger AS $$
DECLARE
    closed int;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'qlvb: % holds what is in closed dossiers', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    -- OLD is null on INSERT, NEW on DELETE; an UPDATE would take and give.
    SELECT id INTO closed FROM qlvb_dossier
        WHERE id IN (OLD.dossier_id, NEW.dossier_id) AND state = 'closed' LIMIT 1;
    IF FOUND AND NOT (
        TG_OP <> 'INSERT' AND qlvb_dossier_purging(closed)
        OR TG_OP = 'UPDATE' AND NOT EXISTS (
            SELECT FROM unnest(TG_ARGV) name
            WHERE to_jsonb(NEW)->name IS DISTINCT FROM to_jsonb(OLD)->name)
    ) THEN
        RAISE EXCEPTION 'qlvb: dossier % is closed', closed
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER {table}_closed_insert
    BEFORE INSERT ON {table} FOR EACH ROW WHEN (NEW.dossier_id IS NOT NULL)
    EXECUTE FUNCTION qlvb_dossier_part_freeze();
CREATE OR REPLACE TRIGGER {table}_closed_update
    BEFORE UPDATE ON {table} FOR EACH ROW
    WHEN (OLD.dossier_id IS NOT NULL OR NEW.dossier_id IS NOT NULL)
    EXECUTE FUNCTION qlvb_dossier_part_freeze({columns});
CREATE OR REPLACE TRIGGER {table}_closed_delete
    BEFORE DELETE ON {table} FOR EACH ROW WHEN (OLD.dossier_id IS NOT NULL)
    EXECUTE FUNCTION qlvb_dossier_part_freeze();
CREATE OR REPLACE TRIGGER {table}_closed_truncate
    BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_dossier_part_freeze();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_closed_insert;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_closed_update;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_closed_delete;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_closed_truncate;
"""


def dossier_sql(columns: Iterable[str]) -> str:
    """Return the SQL that guards the dossiers themselves.

    :param columns: those that stay once a dossier is closed

    >>> "qlvb_dossier_freeze('name', 'state')" in dossier_sql(["state", "name"])
    True
    """
    return _DOSSIER_SQL.format(columns=_listed(columns))


def part_sql(table: str, columns: Iterable[str]) -> str:
    """Return the SQL that guards the rows of a table that belong to closed dossiers.

    :param columns: those that stay; the others are derived

    >>> "BEFORE DELETE ON qlvb_opinion" in part_sql("qlvb_opinion", ["body"])
    True
    """
    return _PART_SQL.format(table=table, columns=_listed(columns))


def _listed(columns):
    """Write names of columns as arguments of a trigger, always in the same order."""
    return ", ".join(f"'{name}'" for name in sorted(columns))
