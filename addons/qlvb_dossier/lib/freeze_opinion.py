"""The database's own guard of opinions: what was answered stays as it was said.

The ORM refuses it first and in better words.  An opinion is never deleted; until
somebody has answered, its author may still put it in other words.
"""

from odoo.addons.qlvb_document.lib.freeze_rows import FROZEN_FILE_COLUMNS

FILES = "qlvb_opinion_attachment_rel"
"""The table that holds which file belongs to which opinion."""

OPINION_SQL = """
CREATE OR REPLACE FUNCTION qlvb_opinion_freeze() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'qlvb: opinions are never deleted'
            USING ERRCODE = 'restrict_violation';
    ELSIF qlvb_dossier_purging(OLD.dossier_id) THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    ELSIF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'qlvb: opinion % is never deleted', OLD.id
            USING ERRCODE = 'restrict_violation';
    ELSIF ROW(
        NEW.id, NEW.dossier_id, NEW.author_id, NEW.author_title, NEW.unit_id,
        NEW.on_behalf_of_id, NEW.assignment_id, NEW.date
    ) IS DISTINCT FROM ROW(
        OLD.id, OLD.dossier_id, OLD.author_id, OLD.author_title, OLD.unit_id,
        OLD.on_behalf_of_id, OLD.assignment_id, OLD.date
    ) OR (OLD.is_fixed AND NOT COALESCE(NEW.is_fixed, false))
      OR (NEW.body IS DISTINCT FROM OLD.body AND (OLD.is_fixed OR EXISTS (
          SELECT FROM qlvb_opinion
          WHERE dossier_id = OLD.dossier_id AND id > OLD.id
            AND author_id <> OLD.author_id)))
    THEN
        RAISE EXCEPTION 'qlvb: opinion % was answered and stays', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_opinion_freeze
    BEFORE UPDATE OR DELETE ON qlvb_opinion
    FOR EACH ROW EXECUTE FUNCTION qlvb_opinion_freeze();
CREATE OR REPLACE TRIGGER qlvb_opinion_no_truncate
    BEFORE TRUNCATE ON qlvb_opinion
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_opinion_freeze();
ALTER TABLE qlvb_opinion ENABLE ALWAYS TRIGGER qlvb_opinion_freeze;
ALTER TABLE qlvb_opinion ENABLE ALWAYS TRIGGER qlvb_opinion_no_truncate;
"""

OPINION_FILES_SQL = """
CREATE OR REPLACE FUNCTION qlvb_opinion_said(opinion int, another int) RETURNS int AS $$
BEGIN
    RETURN (SELECT o.id FROM qlvb_opinion o JOIN qlvb_dossier d ON d.id = o.dossier_id
        WHERE o.id IN (opinion, another) AND (o.is_fixed OR d.state = 'closed')
          AND NOT qlvb_dossier_purging(d.id) LIMIT 1);
END
$$ LANGUAGE plpgsql STABLE;

CREATE OR REPLACE FUNCTION qlvb_opinion_files_freeze() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'qlvb: the files of opinions are never deleted'
            USING ERRCODE = 'restrict_violation';
    ELSIF qlvb_opinion_said(OLD.opinion_id, NEW.opinion_id) IS NOT NULL THEN
        RAISE EXCEPTION 'qlvb: the files of opinion % stay',
            qlvb_opinion_said(OLD.opinion_id, NEW.opinion_id)
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION qlvb_opinion_file_freeze() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT FROM {files} WHERE attachment_id = OLD.id
               AND qlvb_opinion_said(opinion_id, NULL) IS NOT NULL) THEN
        RAISE EXCEPTION 'qlvb: file % belongs to an opinion', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_opinion_files_freeze
    BEFORE INSERT OR UPDATE OR DELETE ON {files}
    FOR EACH ROW EXECUTE FUNCTION qlvb_opinion_files_freeze();
CREATE OR REPLACE TRIGGER qlvb_opinion_files_no_truncate
    BEFORE TRUNCATE ON {files}
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_opinion_files_freeze();
CREATE OR REPLACE TRIGGER qlvb_opinion_file_freeze
    BEFORE DELETE OR UPDATE OF {columns} ON ir_attachment
    FOR EACH ROW EXECUTE FUNCTION qlvb_opinion_file_freeze();
ALTER TABLE {files} ENABLE ALWAYS TRIGGER qlvb_opinion_files_freeze;
ALTER TABLE {files} ENABLE ALWAYS TRIGGER qlvb_opinion_files_no_truncate;
ALTER TABLE ir_attachment ENABLE ALWAYS TRIGGER qlvb_opinion_file_freeze;
""".format(files=FILES, columns=", ".join(FROZEN_FILE_COLUMNS))
