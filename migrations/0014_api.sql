-- Connections: other programs of the organisation (its website) that may read services, therapists and free times.

-- A token of a connection. Of the secret only the SHA-256 is here; it is shown once, when it is made. A row is never deleted:
-- `revoked_at` says when it ended. No patient data is ever read or written under a token.
CREATE TABLE scheduling.api_token (
    id           uuid PRIMARY KEY,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    hash         bytea NOT NULL CONSTRAINT api_token_hash UNIQUE CHECK (octet_length(hash) = 32),
    origins      text[] NOT NULL CHECK (cardinality(origins) <= 10),  -- pages that may ask from a browser
    created_at   timestamptz NOT NULL,
    created_by   uuid NOT NULL,
    last_used_at timestamptz,                                        -- written at most once a minute
    revoked_at   timestamptz
);
ALTER TABLE scheduling.api_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.api_token FORCE ROW LEVEL SECURITY;
CREATE POLICY admins ON scheduling.api_token TO tele_app
    USING ((SELECT kernel.role()) = 'admin')
    WITH CHECK ((SELECT kernel.role()) = 'admin');
-- The program that asks: finds its own token by the hash of its secret.
CREATE POLICY asking ON scheduling.api_token FOR SELECT TO tele_app USING ((SELECT kernel.role()) = 'system:website');
CREATE POLICY used ON scheduling.api_token FOR UPDATE TO tele_app USING ((SELECT kernel.role()) = 'system:website');
GRANT SELECT, INSERT, UPDATE (last_used_at, revoked_at) ON scheduling.api_token TO tele_app;
