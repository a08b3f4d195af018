"""The database's own guard of registers: numbers stay, and a closed year is closed.

The ORM refuses it first and in better words; these triggers stand behind it for
every path that does not pass there.  Conditions are tested before a function is
called, so that giving a number costs no more for them.
"""

from .freeze_rows import append_only

REGISTER_SQL = """
CREATE OR REPLACE FUNCTION qlvb_register_freeze() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'qlvb: a register in use is never deleted'
            USING ERRCODE = 'restrict_violation';
    ELSIF ROW(NEW.unit_id, NEW.direction, NEW.year, NEW.type_group)
        IS DISTINCT FROM ROW(OLD.unit_id, OLD.direction, OLD.year, OLD.type_group)
    THEN
        RAISE EXCEPTION 'qlvb: register % stays what it is', OLD.id
            USING ERRCODE = 'restrict_violation';
    ELSIF OLD.closed_at IS NOT NULL AND NEW.closed_at IS NOT NULL
        AND ROW(NEW.last_number, NEW.last_date, NEW.opening_number)
        IS DISTINCT FROM ROW(OLD.last_number, OLD.last_date, OLD.opening_number)
    THEN
        RAISE EXCEPTION 'qlvb: register % is closed', OLD.id
            USING ERRCODE = 'restrict_violation';
    ELSIF (NEW.last_number < OLD.last_number
           OR NEW.opening_number IS DISTINCT FROM OLD.opening_number)
        AND (EXISTS (SELECT FROM qlvb_document
                     WHERE register_id = OLD.id AND number > 0)
             OR EXISTS (SELECT FROM qlvb_register_entry WHERE register_id = OLD.id))
    THEN
        RAISE EXCEPTION 'qlvb: the numbers of register % never go back', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_register_freeze
    BEFORE UPDATE ON qlvb_register FOR EACH ROW
    WHEN (OLD.closed_at IS NOT NULL
          OR NEW.last_number < OLD.last_number
          OR NEW.opening_number IS DISTINCT FROM OLD.opening_number
          OR NEW.unit_id <> OLD.unit_id OR NEW.direction <> OLD.direction
          OR NEW.year <> OLD.year OR NEW.type_group <> OLD.type_group)
    EXECUTE FUNCTION qlvb_register_freeze();
CREATE OR REPLACE TRIGGER qlvb_register_keep
    BEFORE DELETE ON qlvb_register FOR EACH ROW WHEN (OLD.last_number > 0)
    EXECUTE FUNCTION qlvb_register_freeze();
CREATE OR REPLACE TRIGGER qlvb_register_no_truncate
    BEFORE TRUNCATE ON qlvb_register
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_register_freeze();
ALTER TABLE qlvb_register ENABLE ALWAYS TRIGGER qlvb_register_freeze;
ALTER TABLE qlvb_register ENABLE ALWAYS TRIGGER qlvb_register_keep;
ALTER TABLE qlvb_register ENABLE ALWAYS TRIGGER qlvb_register_no_truncate;
"""

ENTRY_SQL = """
CREATE OR REPLACE FUNCTION qlvb_register_entry_freeze() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'qlvb: an entry of a register is never deleted'
            USING ERRCODE = 'restrict_violation';
    ELSIF EXISTS (SELECT FROM qlvb_register
                  WHERE id = NEW.register_id AND closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'qlvb: register % is closed', NEW.register_id
            USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'INSERT' THEN
        RETURN NEW;
    ELSIF ROW(
        NEW.id, NEW.register_id, NEW.number, NEW.suffix, NEW.kind, NEW.reason,
        NEW.for_whom, NEW.entered_by_id, NEW.keeper_id, NEW.date
    ) IS DISTINCT FROM ROW(
        OLD.id, OLD.register_id, OLD.number, OLD.suffix, OLD.kind, OLD.reason,
        OLD.for_whom, OLD.entered_by_id, OLD.keeper_id, OLD.date
    ) OR NOT (
        NEW.state = OLD.state
        OR (OLD.state = 'waiting' AND NEW.state IN ('used', 'void'))
        OR (OLD.state = 'used' AND NEW.state = 'void')
    ) OR (
        OLD.state <> 'waiting'
        AND ROW(NEW.used_at, NEW.used_by_id)
        IS DISTINCT FROM ROW(OLD.used_at, OLD.used_by_id)
    ) OR (
        NOT (OLD.state <> 'void' AND NEW.state = 'void')
        AND ROW(NEW.void_reason, NEW.voided_at, NEW.voided_by_id)
        IS DISTINCT FROM ROW(OLD.void_reason, OLD.voided_at, OLD.voided_by_id)
    ) THEN
        RAISE EXCEPTION 'qlvb: entry % of a register is never rewritten', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_register_entry_freeze
    BEFORE INSERT OR UPDATE OR DELETE ON qlvb_register_entry
    FOR EACH ROW EXECUTE FUNCTION qlvb_register_entry_freeze();
CREATE OR REPLACE TRIGGER qlvb_register_entry_no_truncate
    BEFORE TRUNCATE ON qlvb_register_entry
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_register_entry_freeze();
ALTER TABLE qlvb_register_entry ENABLE ALWAYS TRIGGER qlvb_register_entry_freeze;
ALTER TABLE qlvb_register_entry ENABLE ALWAYS TRIGGER qlvb_register_entry_no_truncate;
"""

NUMBERED_SQL = """
CREATE OR REPLACE FUNCTION qlvb_document_numbered() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT FROM qlvb_register
               WHERE id = NEW.register_id AND closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'qlvb: register % is closed', NEW.register_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_document_numbered
    BEFORE INSERT OR UPDATE OF register_id, number ON qlvb_document
    FOR EACH ROW WHEN (NEW.number > 0)
    EXECUTE FUNCTION qlvb_document_numbered();
ALTER TABLE qlvb_document ENABLE ALWAYS TRIGGER qlvb_document_numbered;
"""
"""Nothing enters a closed register."""

TRACE_SQL = append_only("qlvb_register_act")
"""What was done with a register stands."""
