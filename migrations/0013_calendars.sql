-- Calendars that follow ours: a secret link per account, under which another program reads when visits are and nothing else.

-- The link of an account. Only a hash of its secret is kept; a new link takes the place of the old one, and a link that ended
-- is a row that is gone.
CREATE TABLE letters.calendar_feed (
    account_id uuid PRIMARY KEY,
    token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
    made_at    timestamptz NOT NULL,
    read_at    timestamptz,                                       -- when a program last asked, to the hour
    CONSTRAINT calendar_feed_token UNIQUE (token_hash)
);
ALTER TABLE letters.calendar_feed ENABLE ROW LEVEL SECURITY;
ALTER TABLE letters.calendar_feed FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON letters.calendar_feed TO tele_app
    USING (account_id = (SELECT kernel.uid()));
-- A program has no session: the link says whose calendar it follows.
CREATE POLICY found ON letters.calendar_feed FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) = 'system:sign_in');
GRANT SELECT, INSERT, UPDATE (token_hash, made_at, read_at), DELETE ON letters.calendar_feed TO tele_app;

-- Whoever sees a visit may know how often its calendar entry changed: letter and feed tell the same number.
CREATE POLICY followed ON letters.calendar_entry FOR SELECT TO tele_app
    USING (EXISTS (SELECT FROM scheduling.visit v WHERE v.id = visit_id));
