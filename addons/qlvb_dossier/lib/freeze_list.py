"""The database's own guard of the year's list of dossiers.

Approved, a list stays as it was approved: entries are added, marked as additions,
and what was added for a dossier follows the dossier.  Nothing else moves.
"""

LIST_SQL = """
CREATE OR REPLACE FUNCTION qlvb_dossier_list_freeze() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND ROW(
        NEW.id, NEW.unit_id, NEW.year, NEW.numbering, NEW.state, NEW.approved_by_id,
        NEW.approved_at, NEW.decision
    ) IS NOT DISTINCT FROM ROW(
        OLD.id, OLD.unit_id, OLD.year, OLD.numbering, OLD.state, OLD.approved_by_id,
        OLD.approved_at, OLD.decision
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'qlvb: list of dossiers % is approved', OLD.id
        USING ERRCODE = 'restrict_violation';
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_dossier_list_freeze
    BEFORE UPDATE OR DELETE ON qlvb_dossier_list FOR EACH ROW
    WHEN (OLD.state = 'approved') EXECUTE FUNCTION qlvb_dossier_list_freeze();
ALTER TABLE qlvb_dossier_list ENABLE ALWAYS TRIGGER qlvb_dossier_list_freeze;
"""

HEADING_SQL = """
CREATE OR REPLACE FUNCTION qlvb_dossier_heading_freeze() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT FROM qlvb_dossier_list
               WHERE id = OLD.list_id AND state = 'approved') THEN
        RAISE EXCEPTION 'qlvb: the list of heading % is approved', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_dossier_heading_freeze
    BEFORE UPDATE OR DELETE ON qlvb_dossier_heading
    FOR EACH ROW EXECUTE FUNCTION qlvb_dossier_heading_freeze();
ALTER TABLE qlvb_dossier_heading ENABLE ALWAYS TRIGGER qlvb_dossier_heading_freeze;
"""

ENTRY_SQL = """
CREATE OR REPLACE FUNCTION qlvb_dossier_entry_freeze() RETURNS trigger AS $$
DECLARE
    list integer := CASE TG_OP WHEN 'INSERT' THEN NEW.list_id ELSE OLD.list_id END;
BEGIN
    IF EXISTS (SELECT FROM qlvb_dossier_list WHERE id = list AND state = 'approved')
    THEN
        IF TG_OP = 'INSERT' AND NEW.is_addition
            OR TG_OP = 'DELETE' AND OLD.is_automatic AND NOT EXISTS (
                SELECT FROM qlvb_dossier WHERE entry_id = OLD.id)
            OR TG_OP = 'UPDATE' AND ROW(
                NEW.list_id, NEW.heading_id, NEW.sequence, NEW.number, NEW.code,
                NEW.maker_unit_id, NEW.maker_id, NEW.note, NEW.is_addition,
                NEW.is_automatic
            ) IS NOT DISTINCT FROM ROW(
                OLD.list_id, OLD.heading_id, OLD.sequence, OLD.number, OLD.code,
                OLD.maker_unit_id, OLD.maker_id, OLD.note, OLD.is_addition,
                OLD.is_automatic
            ) AND (OLD.is_automatic OR ROW(NEW.name, NEW.retention)
                   IS NOT DISTINCT FROM ROW(OLD.name, OLD.retention))
        THEN
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END IF;
        RAISE EXCEPTION 'qlvb: list of dossiers % is approved', list
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_dossier_entry_freeze
    BEFORE INSERT OR UPDATE OR DELETE ON qlvb_dossier_entry
    FOR EACH ROW EXECUTE FUNCTION qlvb_dossier_entry_freeze();
ALTER TABLE qlvb_dossier_entry ENABLE ALWAYS TRIGGER qlvb_dossier_entry_freeze;
"""
"""``qlvb_dossier`` is asked when a row goes: by then every table is there."""
