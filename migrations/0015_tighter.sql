-- What a fresh pair of eyes found too wide, drawn tighter: row security on the kernel's own tables, links that have not begun,
-- who may join a care team, and guessing that locked out the wrong person.

-- What time it is for row security ------------------------------------------------------------------------------------------

-- The house's time, as the transaction says it beside who asks; the database's own where nothing was said. One clock decides
-- whether a link has begun or ended, in the rules and in the policies alike.
CREATE FUNCTION kernel.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT COALESCE(NULLIF(current_setting('app.now', true), '')::timestamptz, pg_catalog.now()) $$;

-- As before, and what time it is.
DROP FUNCTION kernel.act_as(uuid, text);
CREATE FUNCTION kernel.act_as(uid uuid, actor_role text, at timestamptz DEFAULT pg_catalog.now()) RETURNS uuid
    LANGUAGE plpgsql AS $$
DECLARE
    said text;
BEGIN
    said := set_config('app.uid', COALESCE(uid::text, ''), true);
    said := set_config('app.role', actor_role, true);
    said := set_config('app.now', at::text, true);
    RETURN uid;
END
$$;

-- Links -----------------------------------------------------------------------------------------------------------------------

-- A link that has not begun opens nothing, like one that has ended: it is alive from its first instant up to its end.
CREATE OR REPLACE FUNCTION people.sees(patient uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, people AS $$
BEGIN
    RETURN COALESCE(kernel.role() IN ('liaison', 'system:worker', 'system:seed'), false)
        OR EXISTS (
            SELECT FROM people.relation r
            WHERE r.account_id = kernel.uid() AND r.patient_id = patient
              AND r.starts_at <= kernel.now() AND (r.ends_at IS NULL OR r.ends_at > kernel.now()));
END
$$;

CREATE OR REPLACE FUNCTION people.acts_for(patient uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, people AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM people.relation r
        WHERE r.account_id = kernel.uid() AND r.patient_id = patient AND r.kind IN ('self', 'guardian')
          AND r.starts_at <= kernel.now() AND (r.ends_at IS NULL OR r.ends_at > kernel.now()));
END
$$;

CREATE OR REPLACE FUNCTION people.cares_for(patient uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, people AS $$
BEGIN
    RETURN COALESCE(kernel.role() = 'therapist', false) AND EXISTS (
        SELECT FROM people.relation r
        WHERE r.account_id = kernel.uid() AND r.patient_id = patient AND r.kind = 'care_team'
          AND r.starts_at <= kernel.now() AND (r.ends_at IS NULL OR r.ends_at > kernel.now()));
END
$$;

-- A care team is made of therapists, whoever adds to it and by whatever right.
CREATE POLICY therapists_only ON people.relation AS RESTRICTIVE FOR INSERT TO tele_app
    WITH CHECK (kind <> 'care_team' OR EXISTS (SELECT FROM people.therapist t WHERE t.id = account_id));

-- The kernel's own tables --------------------------------------------------------------------------------------------------------

-- An entry names who the transaction belongs to, whatever the caller says. Nobody but the auditor writes; the owner reads, for
-- the verifier and for functions.
ALTER TABLE kernel.audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE kernel.audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY by_its_author ON kernel.audit_entry FOR INSERT TO tele_auditor
    WITH CHECK (actor IS NOT DISTINCT FROM kernel.uid() AND role = kernel.role());
CREATE POLICY for_functions ON kernel.audit_entry FOR SELECT TO CURRENT_USER USING (true);

ALTER TABLE kernel.audit_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE kernel.audit_head FORCE ROW LEVEL SECURITY;
CREATE POLICY moved_on ON kernel.audit_head TO tele_auditor USING (true);
CREATE POLICY for_functions ON kernel.audit_head FOR SELECT TO CURRENT_USER USING (true);

-- Whoever changes something may say what follows from it. What is said is read and carried out by the worker; the desk sees what
-- was given up, and takes back what nobody has begun.
ALTER TABLE kernel.outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE kernel.outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY said ON kernel.outbox FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) IS NOT NULL AND attempts = 0 AND done_at IS NULL AND dead_at IS NULL);
CREATE POLICY carried_out ON kernel.outbox TO tele_app
    USING ((SELECT kernel.role()) = 'system:worker');
CREATE POLICY overseen ON kernel.outbox FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) = 'liaison');
CREATE POLICY taken_back ON kernel.outbox FOR UPDATE TO tele_app
    USING ((SELECT kernel.role()) = 'liaison' AND attempts = 0 AND done_at IS NULL AND dead_at IS NULL)
    WITH CHECK ((SELECT kernel.role()) = 'liaison' AND done_at IS NOT NULL);
REVOKE UPDATE ON kernel.outbox FROM tele_app;
GRANT UPDATE (run_at, attempts, done_at, dead_at, last_error) ON kernel.outbox TO tele_app;

-- Wrapped keys open nothing without the master key, which is not here, and the server keeps unwrapped ones in memory for all who
-- ask it; so what guards a text is the row it stands in. These policies keep the keys from whoever never reads what is sealed,
-- and from a statement that forgot to say who asks. A key is made once and never changed.
ALTER TABLE kernel.data_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE kernel.data_key FORCE ROW LEVEL SECURITY;
CREATE POLICY of_patients ON kernel.data_key TO tele_app
    USING (scope = 'patient' AND (SELECT kernel.role()) IN
           ('patient', 'guardian', 'therapist', 'liaison', 'system:worker', 'system:seed'));
CREATE POLICY of_libraries ON kernel.data_key FOR SELECT TO tele_app
    USING (scope = 'library' AND (SELECT kernel.role()) IN ('patient', 'guardian', 'therapist', 'system:worker', 'system:seed'));
CREATE POLICY of_own_library ON kernel.data_key FOR INSERT TO tele_app
    WITH CHECK (scope = 'library' AND ((SELECT kernel.role()) IN ('system:worker', 'system:seed')
        OR ((SELECT kernel.role()) = 'therapist' AND scope_id = (SELECT kernel.uid()))));
REVOKE UPDATE ON kernel.data_key FROM tele_app;

-- Sign-in ------------------------------------------------------------------------------------------------------------------------

-- A browser in which an account has signed in before is counted by itself, so that strangers who guess do not lock its person
-- out. Its row is made by the first success; being here is what makes it known. Rows that no longer count are swept.
ALTER TABLE identity.throttle DROP CONSTRAINT throttle_kind_check;
ALTER TABLE identity.throttle ADD CONSTRAINT throttle_kind_check CHECK (kind IN ('account', 'address', 'browser'));
CREATE INDEX throttle_old ON identity.throttle (kind, last_at);
