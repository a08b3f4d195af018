"""The database's own guard of what was sent: to whom, when and what became of it.

A recipient that waits may be struck off; what was sent stays and only goes on, to
registered, refused or recalled.
"""

DISPATCH_SQL = """
CREATE OR REPLACE FUNCTION qlvb_dispatch_freeze() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'qlvb: dispatches are never deleted'
            USING ERRCODE = 'restrict_violation';
    ELSIF OLD.state = 'waiting' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    ELSIF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'qlvb: dispatch % was sent and is never deleted', OLD.id
            USING ERRCODE = 'restrict_violation';
    ELSIF ROW(
        NEW.id, NEW.document_id, NEW.unit_id, NEW.partner_id, NEW.channel,
        NEW.copies, NEW.sent_at, NEW.sent_by_id, NEW.proof
    ) IS DISTINCT FROM ROW(
        OLD.id, OLD.document_id, OLD.unit_id, OLD.partner_id, OLD.channel,
        OLD.copies, OLD.sent_at, OLD.sent_by_id, OLD.proof
    )
        OR (NEW.state <> OLD.state AND NOT (
            (OLD.state = 'sent' AND NEW.state IN ('received', 'refused', 'recalled'))
            OR (OLD.state = 'received' AND NEW.state = 'recalled')))
        OR (OLD.state <> 'sent' AND ROW(
            NEW.received_at, NEW.received_number, NEW.refusal_reason
        ) IS DISTINCT FROM ROW(
            OLD.received_at, OLD.received_number, OLD.refusal_reason
        ))
        OR (OLD.state IN ('refused', 'recalled') AND ROW(
            NEW.recall_reason, NEW.recalled_at, NEW.recalled_by_id,
            NEW.recall_decided_by_id
        ) IS DISTINCT FROM ROW(
            OLD.recall_reason, OLD.recalled_at, OLD.recalled_by_id,
            OLD.recall_decided_by_id
        ))
        OR (OLD.opened_at IS NOT NULL AND NEW.opened_at IS DISTINCT FROM OLD.opened_at)
    THEN
        RAISE EXCEPTION 'qlvb: dispatch % was sent and is never rewritten', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_dispatch_freeze
    BEFORE UPDATE OR DELETE ON qlvb_dispatch
    FOR EACH ROW EXECUTE FUNCTION qlvb_dispatch_freeze();
CREATE OR REPLACE TRIGGER qlvb_dispatch_no_truncate
    BEFORE TRUNCATE ON qlvb_dispatch
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_dispatch_freeze();
ALTER TABLE qlvb_dispatch ENABLE ALWAYS TRIGGER qlvb_dispatch_freeze;
ALTER TABLE qlvb_dispatch ENABLE ALWAYS TRIGGER qlvb_dispatch_no_truncate;
"""
