"""The database's own guard: what is registered is neither rewritten nor deleted.

The ORM refuses it first and in better words; these triggers stand behind it for
every path that does not pass there (Articles 4.3 and 9.5).
"""

from .freeze_rows import FROZEN_FILE_COLUMNS

FREEZE_SQL = """
CREATE OR REPLACE FUNCTION qlvb_document_freeze() RETURNS trigger AS $$
DECLARE
    given boolean := false;
BEGIN
    -- What an approved correction of this document asks for counts as there before.
    IF TG_OP = 'UPDATE' AND current_setting('qlvb.correction', true) <> '' THEN
        OLD := jsonb_populate_record(
            OLD, qlvb_correction_grants(OLD.id, to_jsonb(NEW)));
    END IF;
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'qlvb: documents are never deleted'
            USING ERRCODE = 'restrict_violation';
    ELSIF OLD.state = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    ELSIF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'qlvb: document % is registered and never deleted', OLD.id
            USING ERRCODE = 'restrict_violation';
    ELSIF OLD.direction = 'out' AND (
        (NEW.state = 'draft' AND OLD.state NOT IN ('review', 'signing', 'signed'))
        OR (OLD.state IN ('issued', 'dispatched')
            AND NEW.state NOT IN ('issued', 'dispatched')
            AND NOT (OLD.state = 'issued' AND NEW.state = 'void'))
        OR (OLD.state IN ('dropped', 'void') AND NEW.state <> OLD.state)
        OR (NOT (OLD.state = 'issued' AND NEW.state = 'void') AND ROW(
            NEW.void_reason, NEW.voided_at, NEW.voided_by_id
        ) IS DISTINCT FROM ROW(OLD.void_reason, OLD.voided_at, OLD.voided_by_id))
        OR ROW(
            NEW.drafting_unit_id, NEW.signer_id, NEW.signer_capacity, NEW.signer_basis,
            NEW.signer_basis_until, NEW.copies, NEW.field_id, NEW.replaces_id
        ) IS DISTINCT FROM ROW(
            OLD.drafting_unit_id, OLD.signer_id, OLD.signer_capacity, OLD.signer_basis,
            OLD.signer_basis_until, OLD.copies, OLD.field_id, OLD.replaces_id
        )
        OR (NEW.signed_at IS DISTINCT FROM OLD.signed_at
            AND NOT (OLD.state = 'signing' AND NEW.state = 'signed')
            AND NEW.state <> 'draft')
    ) THEN
        RAISE EXCEPTION 'qlvb: document % is on its way and never rewritten', OLD.id
            USING ERRCODE = 'restrict_violation';
    ELSIF OLD.direction = 'out' AND OLD.state = 'signed' AND NEW.state = 'issued' THEN
        -- Numbered at this moment: the register, number, symbol and date are given.
        given := true;
    END IF;
    IF (NEW.state = 'draft' AND OLD.direction = 'in')
        OR (OLD.state = 'refused' AND NEW.state <> 'refused')
        OR (OLD.state = 'recalled' AND ROW(
            NEW.state, NEW.recall_reason, NEW.recalled_at, NEW.deadline
        ) IS DISTINCT FROM ROW(
            OLD.state, OLD.recall_reason, OLD.recalled_at, OLD.deadline
        ))
        -- Who goes on with a draft may change until it is numbered.
        OR (NEW.drafter_id IS DISTINCT FROM OLD.drafter_id
            AND NOT (OLD.direction = 'out'
                     AND OLD.state IN ('review', 'signing', 'signed')))
        OR (NOT given AND ROW(
            NEW.register_id, NEW.number, NEW.number_suffix, NEW.reference,
            NEW.document_date, NEW.registered_at, NEW.registered_by_id
        ) IS DISTINCT FROM ROW(
            OLD.register_id, OLD.number, OLD.number_suffix, OLD.reference,
            OLD.document_date, OLD.registered_at, OLD.registered_by_id
        ))
        OR ROW(
        NEW.direction, NEW.unit_id, NEW.type_id, NEW.received_date, NEW.issuer,
        NEW.summary, NEW.urgency, NEW.refusal_reason,
        NEW.reply_to_id, NEW.source,
        NEW.received_time, NEW.book_recipient, NEW.book_passed_on,
        NEW.book_signed, NEW.book_note, NEW.mail_from
    ) IS DISTINCT FROM ROW(
        OLD.direction, OLD.unit_id, OLD.type_id, OLD.received_date, OLD.issuer,
        OLD.summary, OLD.urgency, OLD.refusal_reason,
        OLD.reply_to_id, OLD.source,
        OLD.received_time, OLD.book_recipient, OLD.book_passed_on,
        OLD.book_signed, OLD.book_note, OLD.mail_from
    ) THEN
        RAISE EXCEPTION 'qlvb: document % is registered and never rewritten', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_document_freeze
    BEFORE UPDATE OR DELETE ON qlvb_document
    FOR EACH ROW EXECUTE FUNCTION qlvb_document_freeze();
CREATE OR REPLACE TRIGGER qlvb_document_no_truncate
    BEFORE TRUNCATE ON qlvb_document
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_document_freeze();

CREATE OR REPLACE FUNCTION qlvb_document_files_freeze() RETURNS trigger AS $$
DECLARE
    fixed int;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'qlvb: the files of documents are never deleted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    -- OLD is null on INSERT, NEW on DELETE; an UPDATE would take and give.
    SELECT id INTO fixed FROM qlvb_document
        WHERE id IN (OLD.document_id, NEW.document_id) AND state <> 'draft' LIMIT 1;
    IF FOUND AND current_setting('qlvb.correction', true) <> '' THEN
        -- As far as an approved correction of this document moves a file.
        IF qlvb_correction_moves(fixed, OLD.attachment_id, NEW.attachment_id) THEN
            RETURN COALESCE(NEW, OLD);
        END IF;
    END IF;
    IF fixed IS NOT NULL THEN
        RAISE EXCEPTION 'qlvb: the files of document % are fixed', fixed
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_document_files_freeze
    BEFORE INSERT OR UPDATE OR DELETE ON qlvb_document_attachment_rel
    FOR EACH ROW EXECUTE FUNCTION qlvb_document_files_freeze();

CREATE OR REPLACE TRIGGER qlvb_document_files_no_truncate
    BEFORE TRUNCATE ON qlvb_document_attachment_rel
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_document_files_freeze();

CREATE OR REPLACE FUNCTION qlvb_attachment_freeze() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'qlvb: the files of documents are never deleted'
            USING ERRCODE = 'restrict_violation';
    ELSIF EXISTS (SELECT FROM qlvb_document_attachment_rel r
               JOIN qlvb_document d ON d.id = r.document_id
               WHERE r.attachment_id = OLD.id AND d.state <> 'draft') THEN
        RAISE EXCEPTION 'qlvb: file % belongs to a registered document', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_attachment_freeze
    BEFORE DELETE OR UPDATE OF {columns} ON ir_attachment
    FOR EACH ROW EXECUTE FUNCTION qlvb_attachment_freeze();
CREATE OR REPLACE TRIGGER qlvb_attachment_no_truncate
    BEFORE TRUNCATE ON ir_attachment
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_attachment_freeze();

-- Also in a session that plays a replica, which skips ordinary triggers.
ALTER TABLE qlvb_document ENABLE ALWAYS TRIGGER qlvb_document_freeze;
ALTER TABLE qlvb_document ENABLE ALWAYS TRIGGER qlvb_document_no_truncate;
ALTER TABLE qlvb_document_attachment_rel
    ENABLE ALWAYS TRIGGER qlvb_document_files_freeze;
ALTER TABLE qlvb_document_attachment_rel
    ENABLE ALWAYS TRIGGER qlvb_document_files_no_truncate;
ALTER TABLE ir_attachment ENABLE ALWAYS TRIGGER qlvb_attachment_freeze;
ALTER TABLE ir_attachment ENABLE ALWAYS TRIGGER qlvb_attachment_no_truncate;
""".format(columns=", ".join(FROZEN_FILE_COLUMNS))
