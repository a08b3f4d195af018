"""The database's own guard of what was handed over to the archive."""

TRANSFER_SQL = """
CREATE OR REPLACE FUNCTION qlvb_archive_transfer_freeze() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'qlvb: hand-over % is done', OLD.id
        USING ERRCODE = 'restrict_violation';
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_archive_transfer_freeze
    BEFORE UPDATE OR DELETE ON qlvb_archive_transfer FOR EACH ROW
    WHEN (OLD.state = 'done') EXECUTE FUNCTION qlvb_archive_transfer_freeze();
ALTER TABLE qlvb_archive_transfer
    ENABLE ALWAYS TRIGGER qlvb_archive_transfer_freeze;
"""

LINE_SQL = """
CREATE OR REPLACE FUNCTION qlvb_archive_transfer_line_freeze() RETURNS trigger AS $$
DECLARE
    held integer := CASE TG_OP WHEN 'INSERT' THEN NEW.transfer_id
                    ELSE OLD.transfer_id END;
BEGIN
    IF EXISTS (SELECT FROM qlvb_archive_transfer
               WHERE id = held AND state = 'done') THEN
        RAISE EXCEPTION 'qlvb: hand-over % is done', held
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_archive_transfer_line_freeze
    BEFORE INSERT OR UPDATE OR DELETE ON qlvb_archive_transfer_line
    FOR EACH ROW EXECUTE FUNCTION qlvb_archive_transfer_line_freeze();
ALTER TABLE qlvb_archive_transfer_line
    ENABLE ALWAYS TRIGGER qlvb_archive_transfer_line_freeze;
"""
