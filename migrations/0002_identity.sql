-- Identity: who may sign in, with what, and which sign-ins are alive.
--
-- Row security here knows three kinds of reader: the account itself, the people who look after accounts (liaison, admin), and
-- `system:sign_in`, the task that runs before there is an actor. Only that task ever reads a password hash or a token hash.

CREATE SCHEMA identity;
GRANT USAGE ON SCHEMA identity TO tele_app;

-- One human who signs in. One account has one role; a second hat is a second account.
CREATE TABLE identity.account (
    id           uuid PRIMARY KEY,
    email        text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),   -- as it was typed, for mail
    email_key    text NOT NULL CONSTRAINT account_email UNIQUE,           -- trimmed and lower case, for finding
    role         text NOT NULL CHECK (role IN ('patient', 'guardian', 'therapist', 'liaison', 'partner', 'admin')),
    display_name text NOT NULL CHECK (length(display_name) BETWEEN 1 AND 120),
    zone         text NOT NULL,                                           -- IANA name
    state        text NOT NULL CHECK (state IN ('invited', 'active', 'suspended', 'ended')),
    created_at   timestamptz NOT NULL
);
ALTER TABLE identity.account ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.account FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.account FOR SELECT TO tele_app
    USING (id = (SELECT kernel.uid()));
CREATE POLICY looked_after ON identity.account FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) IN ('liaison', 'admin', 'system:sign_in', 'system:worker', 'system:seed'));
CREATE POLICY planted ON identity.account FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'system:seed');
GRANT SELECT, INSERT ON identity.account TO tele_app;

-- The password, as an argon2id PHC string. Apart from the account, so that no page about accounts can carry it along.
CREATE TABLE identity.password (
    account_id uuid PRIMARY KEY REFERENCES identity.account,
    phc        text NOT NULL CHECK (phc LIKE '$argon2id$%'),
    set_at     timestamptz NOT NULL
);
ALTER TABLE identity.password ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.password FORCE ROW LEVEL SECURITY;
CREATE POLICY sign_in ON identity.password TO tele_app
    USING ((SELECT kernel.role()) = 'system:sign_in');
CREATE POLICY planted ON identity.password FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'system:seed');
GRANT SELECT, INSERT, UPDATE (phc, set_at) ON identity.password TO tele_app;

-- A sign-in on one device. The cookie holds 256 random bits; here is only their SHA-256, so that a stolen dump opens nothing.
-- A row is never deleted by a sign-out: `ended_at` says when and `ended_why` how.
CREATE TABLE identity.session (
    id            uuid PRIMARY KEY,
    token_hash    bytea NOT NULL CONSTRAINT session_token UNIQUE CHECK (octet_length(token_hash) = 32),
    account_id    uuid NOT NULL REFERENCES identity.account,
    state         text NOT NULL CHECK (state IN ('mfa_pending', 'active')),
    device        text NOT NULL CHECK (length(device) <= 60),       -- "Firefox on Linux": enough to recognise one's own
    started_at    timestamptz NOT NULL,
    last_seen_at  timestamptz NOT NULL,                             -- written at most once a minute
    in_call_until timestamptz,                                      -- holds off the idle limit, never the absolute one
    ended_at      timestamptz,
    ended_why     text CHECK (ended_why IN ('signed_out', 'ended_elsewhere', 'replaced', 'idle', 'absolute', 'account')),
    CHECK ((ended_at IS NULL) = (ended_why IS NULL))
);
CREATE INDEX session_of_account ON identity.session (account_id) WHERE ended_at IS NULL;
ALTER TABLE identity.session ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.session FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON identity.session TO tele_app
    USING (account_id = (SELECT kernel.uid()));
CREATE POLICY sign_in ON identity.session TO tele_app
    USING ((SELECT kernel.role()) = 'system:sign_in');
GRANT SELECT, INSERT, UPDATE (last_seen_at, in_call_until, ended_at, ended_why) ON identity.session TO tele_app;

-- Failed sign-ins, by account and by address. Keys are hashes: the table names nobody, and an e-mail nobody has counts like one
-- that somebody has. A try is counted before it is made and taken back when it succeeds, so that a burst of parallel guesses
-- cannot outrun the count.
CREATE TABLE identity.throttle (
    kind     text NOT NULL CHECK (kind IN ('account', 'address')),
    key      bytea NOT NULL CHECK (octet_length(key) = 32),
    failures integer NOT NULL CHECK (failures >= 0),
    last_at  timestamptz NOT NULL,
    next_at  timestamptz NOT NULL,                                  -- no try before this instant
    PRIMARY KEY (kind, key)
);
ALTER TABLE identity.throttle ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity.throttle FORCE ROW LEVEL SECURITY;
CREATE POLICY sign_in ON identity.throttle TO tele_app
    USING ((SELECT kernel.role()) = 'system:sign_in');
GRANT SELECT, INSERT, UPDATE, DELETE ON identity.throttle TO tele_app;
