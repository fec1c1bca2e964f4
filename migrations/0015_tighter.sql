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
