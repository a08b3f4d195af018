"""The database's guard of closed register pages: nobody rewrites a bound book."""

FREEZE_PAGES_SQL = """
CREATE OR REPLACE FUNCTION qlvb_register_page_freeze() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'qlvb: closed register pages are fixed'
        USING ERRCODE = 'restrict_violation';
END
$$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER qlvb_register_page_freeze
    BEFORE UPDATE OR DELETE ON qlvb_register_page
    FOR EACH ROW EXECUTE FUNCTION qlvb_register_page_freeze();
CREATE OR REPLACE TRIGGER qlvb_register_page_no_truncate
    BEFORE TRUNCATE ON qlvb_register_page
    FOR EACH STATEMENT EXECUTE FUNCTION qlvb_register_page_freeze();

CREATE OR REPLACE TRIGGER qlvb_register_page_file_freeze
    BEFORE DELETE OR UPDATE OF name, res_model, res_id, res_field, public, type, url,
        store_fname, db_datas, checksum, file_size, mimetype ON ir_attachment
    FOR EACH ROW WHEN (OLD.res_model = 'qlvb.register.page')
    EXECUTE FUNCTION qlvb_register_page_freeze();
"""
