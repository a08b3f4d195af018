"""The one key to what is fixed: a correction that the chairman approved.

A change of a registered document passes the triggers only while a setting of the
transaction names a correction, approved and not yet done, of that very document;
and then only to the very values that were asked for.  A purge may erase and do
nothing else.  Who may decide is the gate's to know; that what was decided is what
was asked, and that a request is decided once, the database sees to itself.
"""

from .corrections import ERASED, IN_FIELDS, OUT_FIELDS, TOMBSTONE
from .freeze_rows import FROZEN_FILE_COLUMNS

SETTING = "qlvb.correction"
"""Holds the id of the correction that is being applied, until the transaction ends."""

_KEY_SQL = """
CREATE OR REPLACE FUNCTION qlvb_correction_at_work(document int) RETURNS qlvb_correction
AS $$
DECLARE
    found qlvb_correction;
BEGIN
    SELECT * INTO found FROM qlvb_correction
        WHERE id = NULLIF(current_setting('{setting}', true), '')::int
          AND document_id = document AND state = 'approved';
    RETURN found;
END
$$ LANGUAGE plpgsql STABLE;

CREATE OR REPLACE FUNCTION qlvb_purging(document int) RETURNS boolean AS $$
BEGIN
    RETURN COALESCE((qlvb_correction_at_work(document)).kind = 'purge', false);
END
$$ LANGUAGE plpgsql STABLE;

-- Whether a row belongs to what is purged; an addon above may know more of that.
CREATE OR REPLACE FUNCTION qlvb_purging_row(held jsonb) RETURNS boolean AS $$
BEGIN
    RETURN qlvb_purging((held->>'document_id')::int);
END
$$ LANGUAGE plpgsql STABLE;

-- The columns of a document that may change now, with the values they may take.
CREATE OR REPLACE FUNCTION qlvb_correction_grants(document int, wanted jsonb)
RETURNS jsonb AS $$
DECLARE
    at_work qlvb_correction := qlvb_correction_at_work(document);
    granted jsonb := '{{}}';
BEGIN
    IF at_work.kind = 'purge' THEN
        SELECT jsonb_object_agg(name, wanted->name) INTO granted
            FROM unnest('{{{erasable}}}'::text[]) name
            WHERE COALESCE(wanted->>name, '{erased}') = '{erased}'
               OR (name = 'summary' AND wanted->>name LIKE '{tombstone}%');
    ELSIF at_work.kind = 'correct' THEN
        SELECT jsonb_object_agg(name, wanted->name) INTO granted
            FROM qlvb_correction_line
            WHERE correction_id = at_work.id
              AND name = ANY('{{{columns}}}'::text[])
              AND wanted->>name IS NOT DISTINCT FROM new_value;
    END IF;
    RETURN COALESCE(granted, '{{}}');
END
$$ LANGUAGE plpgsql STABLE;

-- Whether a file may leave a document, or join it, as an approved correction says.
CREATE OR REPLACE FUNCTION qlvb_correction_moves(document int, leaves int, joins int)
RETURNS boolean AS $$
DECLARE
    at_work qlvb_correction := qlvb_correction_at_work(document);
BEGIN
    RETURN CASE at_work.kind
        WHEN 'purge' THEN joins IS NULL
        WHEN 'correct' THEN (leaves IS NULL OR joins IS NULL) AND EXISTS (
            SELECT FROM qlvb_correction_line
            WHERE correction_id = at_work.id AND name = 'file'
              AND (old_file_id = leaves OR new_file_id = joins))
        ELSE false
    END;
END
$$ LANGUAGE plpgsql STABLE;
"""


def key_sql(erasable) -> str:
    """Return the SQL of the functions that the triggers ask.

    :param erasable: names of the columns of a document that hold texts

    >>> "'{issuer,summary}'" in key_sql({"summary", "issuer"})
    True
    """
    return _KEY_SQL.format(
        setting=SETTING,
        erased=ERASED,
        tombstone=TOMBSTONE,
        erasable=",".join(sorted(erasable)),
        columns=",".join(dict.fromkeys((*IN_FIELDS, *OUT_FIELDS))),
    )


CORRECTION_SQL = """
CREATE OR REPLACE FUNCTION qlvb_correction_freeze() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state IS DISTINCT FROM 'draft' THEN
            RAISE EXCEPTION 'qlvb: a correction begins as a draft'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    ELSIF TG_OP = 'TRUNCATE' OR (TG_OP = 'DELETE' AND OLD.state <> 'draft') THEN
        RAISE EXCEPTION 'qlvb: a correction that was asked for is never deleted'
            USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSIF OLD.state || ' ' || NEW.state NOT IN (
        'draft draft', 'draft submitted', 'submitted submitted', 'submitted approved',
        'submitted refused', 'approved approved', 'approved done', 'done done',
        'refused refused'
    ) OR ROW(NEW.document_id, NEW.unit_id, NEW.kind, NEW.parent_id, NEW.asked_by_id)
        IS DISTINCT FROM
        ROW(OLD.document_id, OLD.unit_id, OLD.kind, OLD.parent_id, OLD.asked_by_id)
    THEN
        RAISE EXCEPTION 'qlvb: correction % goes its way once', OLD.id
            USING ERRCODE = 'restrict_violation';
    ELSIF OLD.state = 'draft' THEN
        RETURN NEW;
    END IF;
    -- Of what was purged not even the words in which it was asked for are left.
    IF qlvb_purging(OLD.document_id) THEN
        OLD.reason := NEW.reason;
        OLD.refusal_reason := NEW.refusal_reason;
    END IF;
    IF OLD.state <> 'submitted' AND ROW(
        NEW.decided_by_id, NEW.decided_at, NEW.decision_number, NEW.decision_date,
        NEW.refusal_reason
    ) IS DISTINCT FROM ROW(
        OLD.decided_by_id, OLD.decided_at, OLD.decision_number, OLD.decision_date,
        OLD.refusal_reason
    ) OR OLD.state IN ('done', 'refused') AND NEW.effects IS DISTINCT FROM OLD.effects
      OR ROW(NEW.ground, NEW.reason, NEW.asked_at) IS DISTINCT FROM
         ROW(OLD.ground, OLD.reason, OLD.asked_at)
    THEN
        RAISE EXCEPTION 'qlvb: correction % is decided once, as it was asked', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_correction_freeze
    BEFORE INSERT OR UPDATE OR DELETE ON qlvb_correction
    FOR EACH ROW EXECUTE FUNCTION qlvb_correction_freeze();
CREATE OR REPLACE TRIGGER qlvb_correction_no_truncate
    BEFORE TRUNCATE ON qlvb_correction
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_correction_freeze();
ALTER TABLE qlvb_correction ENABLE ALWAYS TRIGGER qlvb_correction_freeze;
ALTER TABLE qlvb_correction ENABLE ALWAYS TRIGGER qlvb_correction_no_truncate;
"""

LINE_SQL = """
CREATE OR REPLACE FUNCTION qlvb_correction_line_freeze() RETURNS trigger AS $$
DECLARE
    asked int;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'qlvb: what was asked for stays'
            USING ERRCODE = 'restrict_violation';
    END IF;
    -- OLD is null on INSERT, NEW on DELETE; a request that is gone was a draft.
    SELECT id INTO asked FROM qlvb_correction
        WHERE id IN (OLD.correction_id, NEW.correction_id) AND state <> 'draft'
          AND NOT (TG_OP = 'UPDATE' AND qlvb_purging(document_id)) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'qlvb: what correction % asks for is fixed', asked
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_correction_line_freeze
    BEFORE INSERT OR UPDATE OR DELETE ON qlvb_correction_line
    FOR EACH ROW EXECUTE FUNCTION qlvb_correction_line_freeze();
CREATE OR REPLACE TRIGGER qlvb_correction_line_no_truncate
    BEFORE TRUNCATE ON qlvb_correction_line
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_correction_line_freeze();

CREATE OR REPLACE FUNCTION qlvb_correction_file_freeze() RETURNS trigger AS $$
DECLARE
    kept boolean;
    moves boolean;
BEGIN
    -- A file may be asked about more than once: the correction at work decides.
    SELECT count(*) > 0, COALESCE(bool_or(
            c.id = (qlvb_correction_at_work(c.document_id)).id), false)
        INTO kept, moves
        FROM qlvb_correction_line l JOIN qlvb_correction c ON c.id = l.correction_id
        WHERE (l.old_file_id = OLD.id OR l.new_file_id = OLD.id) AND c.state <> 'draft';
    IF kept AND (TG_OP = 'DELETE' OR NOT moves) THEN
        RAISE EXCEPTION 'qlvb: file % belongs to a correction', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_correction_file_freeze
    BEFORE DELETE OR UPDATE OF {columns} ON ir_attachment
    FOR EACH ROW EXECUTE FUNCTION qlvb_correction_file_freeze();
ALTER TABLE qlvb_correction_line ENABLE ALWAYS TRIGGER qlvb_correction_line_freeze;
ALTER TABLE qlvb_correction_line ENABLE ALWAYS TRIGGER qlvb_correction_line_no_truncate;
ALTER TABLE ir_attachment ENABLE ALWAYS TRIGGER qlvb_correction_file_freeze;
""".format(columns=", ".join(FROZEN_FILE_COLUMNS))
