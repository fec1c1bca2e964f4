-- The kernel: who asks, the audit chain, the outbox, idempotency keys and wrapped data keys.
--
-- Two roles live here. The owner (who runs this file) owns everything and is used for migrations only. `tele_app` is what
-- the server works as: it owns nothing and cannot step around row security. `tele_auditor` owns the one function that
-- appends to the audit chain, so that the app can add an entry but never read, change or remove one.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tele_app') THEN
        CREATE ROLE tele_app NOLOGIN NOBYPASSRLS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tele_auditor') THEN
        CREATE ROLE tele_auditor NOLOGIN NOBYPASSRLS;
    END IF;
END
$$;
GRANT tele_app, tele_auditor TO CURRENT_USER;

CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE SCHEMA kernel;
GRANT USAGE ON SCHEMA kernel TO tele_app, tele_auditor;

-- Who asks. Unset means NULL means no rows. The NULLIF matters: on a connection used before, an unset value reads as ''.
CREATE FUNCTION kernel.uid() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT NULLIF(current_setting('app.uid', true), '')::uuid $$;
CREATE FUNCTION kernel.role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT NULLIF(current_setting('app.role', true), '') $$;

-- The audit chain: one row per look at or change of a record. Ids only, so that shredding a patient leaves it whole.
CREATE TABLE kernel.audit_entry (
    seq        bigint PRIMARY KEY,
    ts         timestamptz NOT NULL,
    actor      uuid,                       -- NULL for a task of the system; `role` then names the task
    acting_for uuid,                       -- the child a guardian acts for
    role       text NOT NULL,
    patient    uuid,
    action     text NOT NULL,
    kind       text NOT NULL,
    object     uuid,
    prev       bytea NOT NULL,
    hash       bytea NOT NULL UNIQUE
);
CREATE INDEX audit_entry_patient ON kernel.audit_entry (patient, seq DESC);

-- The head of the chain: one row. Its row lock serialises appends; it is the last lock a transaction takes.
CREATE TABLE kernel.audit_head (
    one  boolean PRIMARY KEY DEFAULT true CHECK (one),
    seq  bigint NOT NULL,
    hash bytea NOT NULL
);
INSERT INTO kernel.audit_head (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

GRANT INSERT ON kernel.audit_entry TO tele_auditor;
GRANT SELECT, UPDATE ON kernel.audit_head TO tele_auditor;

CREATE FUNCTION kernel.audit_is_final() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the audit chain only grows'; END $$;
CREATE TRIGGER audit_entry_final BEFORE UPDATE OR DELETE ON kernel.audit_entry
    FOR EACH ROW EXECUTE FUNCTION kernel.audit_is_final();
CREATE TRIGGER audit_entry_never_empty BEFORE TRUNCATE ON kernel.audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION kernel.audit_is_final();

-- One field of the canonical encoding: four big-endian bytes of length, then the text. PL/pgSQL keeps its plan; a function in
-- SQL would be planned anew in each statement, nine times an entry.
CREATE FUNCTION kernel.audit_field(field text) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    bytes bytea := convert_to(COALESCE(field, ''), 'UTF8');
BEGIN
    RETURN int4send(octet_length(bytes)) || bytes;
END
$$;

-- Appends the entries of one transaction. kernel::audit::verify computes the same hashes on its own.
CREATE FUNCTION kernel.append_audit(uid uuid, actor_role text, entries jsonb) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, kernel AS $$
DECLARE
    head  kernel.audit_head;
    entry jsonb;
    next  bytea;
    now_  timestamptz := date_trunc('microseconds', clock_timestamp());
BEGIN
    SELECT * INTO STRICT head FROM kernel.audit_head FOR UPDATE;
    FOR entry IN SELECT * FROM jsonb_array_elements(entries) LOOP
        head.seq := head.seq + 1;
        next := sha256(head.hash
            || kernel.audit_field(head.seq::text)
            || kernel.audit_field(((extract(epoch FROM now_) * 1000000)::bigint)::text)
            || kernel.audit_field(uid::text)
            || kernel.audit_field(entry->>'acting_for')
            || kernel.audit_field(actor_role)
            || kernel.audit_field(entry->>'patient')
            || kernel.audit_field(entry->>'action')
            || kernel.audit_field(entry->>'kind')
            || kernel.audit_field(entry->>'object'));
        INSERT INTO kernel.audit_entry
        VALUES (head.seq, now_, uid, (entry->>'acting_for')::uuid, actor_role, (entry->>'patient')::uuid,
                entry->>'action', entry->>'kind', (entry->>'object')::uuid, head.hash, next);
        head.hash := next;
    END LOOP;
    UPDATE kernel.audit_head SET seq = head.seq, hash = head.hash;
    RETURN head.seq;
END
$$;
REVOKE ALL ON FUNCTION kernel.append_audit FROM PUBLIC;
GRANT CREATE ON SCHEMA kernel TO tele_auditor;
ALTER FUNCTION kernel.append_audit OWNER TO tele_auditor;
REVOKE CREATE ON SCHEMA kernel FROM tele_auditor;
GRANT EXECUTE ON FUNCTION kernel.append_audit TO tele_app;

-- Messages and calls to send after commit. The worker takes rows with SKIP LOCKED and retries with back-off.
CREATE TABLE kernel.outbox (
    id         uuid PRIMARY KEY,
    topic      text NOT NULL,
    payload    jsonb NOT NULL,             -- ids only
    created_at timestamptz NOT NULL,
    run_at     timestamptz NOT NULL,
    attempts   integer NOT NULL DEFAULT 0,
    done_at    timestamptz,
    dead_at    timestamptz,                -- given up after the last retry; shown on the desk
    last_error text
);
CREATE INDEX outbox_due ON kernel.outbox (run_at) WHERE done_at IS NULL AND dead_at IS NULL;
GRANT SELECT, INSERT, UPDATE ON kernel.outbox TO tele_app;

-- A mutation that was already carried out, by its caller and key: a retry gets the stored answer.
CREATE TABLE kernel.idempotency (
    account    uuid NOT NULL,
    key        uuid NOT NULL,
    request    bytea NOT NULL,             -- SHA-256 of what was asked: the same key with another body is refused
    response   jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (account, key)
);
ALTER TABLE kernel.idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE kernel.idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON kernel.idempotency USING (account = (SELECT kernel.uid()));
GRANT SELECT, INSERT ON kernel.idempotency TO tele_app;

-- Data keys, wrapped by the master key, which is never in this database. One live key per scope.
CREATE TABLE kernel.data_key (
    id             uuid PRIMARY KEY,
    scope          text NOT NULL CHECK (scope IN ('patient', 'library', 'recording')),
    scope_id       uuid NOT NULL,
    master_version integer NOT NULL,
    wrapped        bytea NOT NULL,
    created_at     timestamptz NOT NULL,
    CONSTRAINT data_key_scope UNIQUE (scope, scope_id)
);
GRANT SELECT, INSERT, UPDATE ON kernel.data_key TO tele_app;
