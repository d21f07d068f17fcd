-- Two roles instead of one: campaigns_owner owns the tables and runs migrations, campaigns_app is what the site
-- and its worker log in as. docs/database-roles.md says how to use it. Run it as a superuser, in the site's own
-- database, after every upgrade: what is right already stays as it is. Passwords are set apart.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'campaigns_owner') THEN
        CREATE ROLE campaigns_owner LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'campaigns_app') THEN
        CREATE ROLE campaigns_app LOGIN;
    END IF;
END $$;

ALTER SCHEMA public OWNER TO campaigns_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO campaigns_app;

-- Everything that was made by whoever migrated before. Sequences of identity columns go with their tables.
DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN
        SELECT format('ALTER TABLE %s OWNER TO campaigns_owner', oid::regclass)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
        UNION ALL
        SELECT format('ALTER ROUTINE %s OWNER TO campaigns_owner', oid::regprocedure)
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    LOOP
        EXECUTE statement;
    END LOOP;
END $$;

-- Rows, never tables: no TRUNCATE, no REFERENCES, no TRIGGER; ALTER and DROP belong to the owner alone.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM campaigns_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO campaigns_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO campaigns_app;
ALTER DEFAULT PRIVILEGES FOR ROLE campaigns_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO campaigns_app;
ALTER DEFAULT PRIVILEGES FOR ROLE campaigns_owner IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO campaigns_app;

-- The logs of staff acts and decisions and the public ledger only grow; which migrations ran is only read.
REVOKE UPDATE, DELETE ON petitions_staffact, petitions_decision, petitions_ledgerrecord FROM campaigns_app;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM campaigns_app;
