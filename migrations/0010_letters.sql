-- Letters: what is written to people outside the house, to whom, and whether it left.
--
-- A row says that a letter is to be written; its words are made when it is sent and kept nowhere. Nothing here is read by
-- patients or therapists but their own choice of letters.

CREATE SCHEMA letters;
GRANT USAGE ON SCHEMA letters TO tele_app;

-- One letter to one account. `cause` names what made it (an event, or a reminder of one start), so that a cause heard twice
-- writes once. The id is the letter's Message-ID: a letter that arrives twice is recognised by it.
CREATE TABLE letters.letter (
    id          uuid PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('request_received', 'request_declined', 'request_expired', 'time_gone',
                                              'question_asked', 'times_proposed', 'visit_confirmed', 'visit_moved',
                                              'visit_cancelled', 'reminder', 'new_visit', 'confirm_nudge')),
    account_id  uuid NOT NULL,                              -- who reads it
    patient_id  uuid NOT NULL,                              -- whom it concerns, for the audit chain
    request_id  uuid,
    visit_id    uuid,
    proposal_id uuid,
    starts_at   timestamptz,                                -- the time it speaks of
    ends_at     timestamptz,
    sequence    integer CHECK (sequence >= 0),              -- of its calendar part; NULL without one
    cause       text NOT NULL CHECK (length(cause) <= 100),
    state       text NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'unknown', 'dead', 'dropped')),
    attempts    integer NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL,
    run_at      timestamptz NOT NULL,                       -- the next try
    taken_at    timestamptz,                                -- when the last try began
    settled_at  timestamptz,                                -- when it came to its end: sent, unknown, dead or dropped
    outcome     text CHECK (length(outcome) <= 40),         -- a code of ours, never the words of another server
    CONSTRAINT letter_once UNIQUE (account_id, kind, cause),
    CHECK (num_nonnulls(request_id, visit_id, proposal_id) = 1),
    CHECK ((starts_at IS NULL) = (ends_at IS NULL)),
    CHECK ((settled_at IS NOT NULL) = (state IN ('sent', 'unknown', 'dead', 'dropped')))
);
CREATE INDEX letter_due ON letters.letter (run_at) WHERE state IN ('queued', 'failed');
CREATE INDEX letter_taken ON letters.letter (taken_at) WHERE state = 'sending';
CREATE INDEX letter_of_visit ON letters.letter (visit_id, id) WHERE visit_id IS NOT NULL;
CREATE INDEX letter_of_request ON letters.letter (request_id, id) WHERE request_id IS NOT NULL;
CREATE INDEX letter_lost ON letters.letter (id) WHERE state IN ('dead', 'unknown');
ALTER TABLE letters.letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE letters.letter FORCE ROW LEVEL SECURITY;
CREATE POLICY written ON letters.letter TO tele_app
    USING ((SELECT kernel.role()) = 'system:worker');
-- The desk sees what left and what did not, and may have a letter sent again.
CREATE POLICY overseen ON letters.letter FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) = 'liaison');
CREATE POLICY sent_again ON letters.letter FOR UPDATE TO tele_app
    USING ((SELECT kernel.role()) = 'liaison' AND state IN ('dead', 'unknown'))
    WITH CHECK ((SELECT kernel.role()) = 'liaison' AND state = 'queued');
GRANT SELECT, INSERT, UPDATE (state, attempts, run_at, taken_at, settled_at, outcome) ON letters.letter TO tele_app;

-- A visit as the calendars of its people know it: SEQUENCE grows with every change that is written to them.
CREATE TABLE letters.calendar_entry (
    visit_id   uuid PRIMARY KEY,
    sequence   integer NOT NULL CHECK (sequence >= 0),
    changed_at timestamptz NOT NULL
);
ALTER TABLE letters.calendar_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE letters.calendar_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY written ON letters.calendar_entry TO tele_app
    USING ((SELECT kernel.role()) = 'system:worker');
GRANT SELECT, INSERT, UPDATE (sequence, changed_at) ON letters.calendar_entry TO tele_app;

-- Events whose letters are written. The outbox may tell one event twice.
CREATE TABLE letters.heard (
    event_id uuid PRIMARY KEY,
    at       timestamptz NOT NULL
);
ALTER TABLE letters.heard ENABLE ROW LEVEL SECURITY;
ALTER TABLE letters.heard FORCE ROW LEVEL SECURITY;
CREATE POLICY written ON letters.heard TO tele_app
    USING ((SELECT kernel.role()) = 'system:worker');
GRANT SELECT, INSERT ON letters.heard TO tele_app;

-- How far a job that looks ahead has come. Locked while it works, so that two workers do not walk the same stretch.
CREATE TABLE letters.clock (
    job   text PRIMARY KEY CHECK (job IN ('reminders', 'nudges')),
    until timestamptz NOT NULL
);
ALTER TABLE letters.clock ENABLE ROW LEVEL SECURITY;
ALTER TABLE letters.clock FORCE ROW LEVEL SECURITY;
CREATE POLICY written ON letters.clock TO tele_app
    USING ((SELECT kernel.role()) = 'system:worker');
GRANT SELECT, INSERT, UPDATE (until) ON letters.clock TO tele_app;

-- What somebody wants to be written to about. No row: everything, and reminders as usual for their role.
CREATE TABLE letters.preference (
    account_id uuid PRIMARY KEY,
    unwanted   text[] NOT NULL CHECK (unwanted <@ ARRAY['request_received', 'new_visit', 'confirm_nudge']),
    reminders  text NOT NULL CHECK (reminders IN ('usual', 'day', 'hour', 'three', 'none')),
    changed_at timestamptz NOT NULL
);
ALTER TABLE letters.preference ENABLE ROW LEVEL SECURITY;
ALTER TABLE letters.preference FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON letters.preference TO tele_app
    USING (account_id = (SELECT kernel.uid()));
CREATE POLICY heeded ON letters.preference FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) = 'system:worker');
GRANT SELECT, INSERT, UPDATE (unwanted, reminders, changed_at) ON letters.preference TO tele_app;
