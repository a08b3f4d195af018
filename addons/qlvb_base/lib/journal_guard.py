"""The journal's guard inside the database: rows are added, sealed once, and stay.

The ORM refuses already; these triggers refuse everybody else who comes with an
SQL connection.  The database's owner can take them away: ``qlvb.journal`` looks
whether they stand, and the chain shows what was done meanwhile.
"""

TRIGGERS = ("qlvb_journal_keep_rows", "qlvb_journal_keep_table")

SQL = """
CREATE OR REPLACE FUNCTION qlvb_journal_guard() RETURNS trigger AS $guard$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.digest IS NULL AND NEW.digest IS NOT NULL
        AND to_jsonb(NEW) - ARRAY['sequence', 'previous', 'digest']
            = to_jsonb(OLD) - ARRAY['sequence', 'previous', 'digest']
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The journal is append-only: % refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$guard$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_journal_keep_rows
    BEFORE UPDATE OR DELETE ON qlvb_journal
    FOR EACH ROW EXECUTE FUNCTION qlvb_journal_guard();

CREATE OR REPLACE TRIGGER qlvb_journal_keep_table
    BEFORE TRUNCATE ON qlvb_journal
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_journal_guard();

ALTER TABLE qlvb_journal ENABLE ALWAYS TRIGGER qlvb_journal_keep_rows;
ALTER TABLE qlvb_journal ENABLE ALWAYS TRIGGER qlvb_journal_keep_table;
"""
