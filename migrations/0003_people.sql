-- People: patients, who may see which of them, and therapists.
--
-- `people.relation` is the single truth of who may see whom. Every policy on patient data, in every schema, asks `people.sees`;
-- a missing relation means no row, and an unset actor sees nothing.

CREATE SCHEMA people;
GRANT USAGE ON SCHEMA people TO tele_app;

-- Somebody who is cared for. A child has no account of its own: guardians act for it.
CREATE TABLE people.patient (
    id             uuid PRIMARY KEY,
    account_id     uuid CONSTRAINT patient_account UNIQUE REFERENCES identity.account,
    kind           text NOT NULL CHECK (kind IN ('adult', 'child')),
    given_name     text NOT NULL CHECK (length(given_name) BETWEEN 1 AND 80),
    family_name    text NOT NULL CHECK (length(family_name) BETWEEN 1 AND 80),
    preferred_name text CHECK (length(preferred_name) BETWEEN 1 AND 80),
    birth_date     date,
    gender         text CHECK (length(gender) BETWEEN 1 AND 40),      -- in the person's own words
    email          text CHECK (length(email) BETWEEN 3 AND 254),      -- of the patient, or of who answers for the child
    phone          text CHECK (length(phone) BETWEEN 5 AND 32),
    zone           text NOT NULL,                                     -- IANA name
    state_code     text NOT NULL CHECK (state_code ~ '^[A-Z]{2}$'),   -- US state: decides which licences fit
    created_at     timestamptz NOT NULL,
    created_by     uuid NOT NULL,                                     -- the account that entered them
    CHECK (kind = 'adult' OR account_id IS NULL)
);

-- Why somebody may see a patient: it is them, they are the guardian, or they belong to the care team. A link begins the moment it
-- is written; one that is only proposed is no row. It ends by `ends_at`, which may be set beforehand (majority) and is kept.
CREATE TABLE people.relation (
    id         uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES identity.account,
    patient_id uuid NOT NULL REFERENCES people.patient,
    kind       text NOT NULL CHECK (kind IN ('self', 'guardian', 'care_team')),
    scope      text[] NOT NULL DEFAULT '{}' CHECK (scope <@ ARRAY['book', 'attend', 'sign', 'pay', 'materials']),
    starts_at  timestamptz NOT NULL,
    ends_at    timestamptz,
    evidence   text,                                                  -- what proves a guardian's link: kind and date of a paper
    created_by uuid NOT NULL,
    CONSTRAINT relation_dates CHECK (ends_at >= starts_at),
    CONSTRAINT relation_guardian_evidence CHECK (kind <> 'guardian' OR evidence IS NOT NULL),
    CONSTRAINT relation_once EXCLUDE USING gist
        (account_id WITH =, patient_id WITH =, kind WITH =, tstzrange(starts_at, ends_at) WITH &&)
);
CREATE INDEX relation_of_account ON people.relation (account_id, patient_id);
CREATE INDEX relation_of_patient ON people.relation (patient_id);

-- The four questions below stand in the policies of every schema. They are PL/pgSQL because that keeps a plan for as long as
-- the connection lives; a function in plain SQL that cannot be inlined is planned anew by every statement that asks it.

-- May the actor see this patient? One indexed lookup. Runs as the owner, because the table it reads is guarded itself.
CREATE FUNCTION people.sees(patient uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, people AS $$
BEGIN
    RETURN COALESCE(kernel.role() IN ('liaison', 'system:worker', 'system:seed'), false)
        OR EXISTS (
            SELECT FROM people.relation r
            WHERE r.account_id = kernel.uid() AND r.patient_id = patient
              AND (r.ends_at IS NULL OR r.ends_at > now()));
END
$$;

-- May the actor act as or for this patient: is it them, or their child?
CREATE FUNCTION people.acts_for(patient uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, people AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM people.relation r
        WHERE r.account_id = kernel.uid() AND r.patient_id = patient AND r.kind IN ('self', 'guardian')
          AND (r.ends_at IS NULL OR r.ends_at > now()));
END
$$;

-- Is the actor a therapist of this patient's care team? The only readers of what is sealed.
CREATE FUNCTION people.cares_for(patient uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, people AS $$
BEGIN
    RETURN COALESCE(kernel.role() = 'therapist', false) AND EXISTS (
        SELECT FROM people.relation r
        WHERE r.account_id = kernel.uid() AND r.patient_id = patient AND r.kind = 'care_team'
          AND (r.ends_at IS NULL OR r.ends_at > now()));
END
$$;

-- Did the actor enter this patient, whom nobody looks after yet? Then, and only then, they may take the patient on themselves.
CREATE FUNCTION people.entered_by_me(patient uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, people AS $$
BEGIN
    RETURN EXISTS (SELECT FROM people.patient p WHERE p.id = patient AND p.created_by = kernel.uid())
       AND NOT EXISTS (SELECT FROM people.relation r WHERE r.patient_id = patient);
END
$$;

REVOKE ALL ON FUNCTION people.sees, people.acts_for, people.cares_for, people.entered_by_me FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people.sees, people.acts_for, people.cares_for, people.entered_by_me TO tele_app;

ALTER TABLE people.patient ENABLE ROW LEVEL SECURITY;
ALTER TABLE people.patient FORCE ROW LEVEL SECURITY;
-- FORCE binds the owner too: the functions above need a policy of their own.
CREATE POLICY for_functions ON people.patient FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON people.patient FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) = 'liaison' OR people.sees(id));
CREATE POLICY entered ON people.patient FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'system:seed'
        OR ((SELECT kernel.role()) = 'therapist' AND account_id IS NULL AND created_by = (SELECT kernel.uid())));
GRANT SELECT, INSERT ON people.patient TO tele_app;

ALTER TABLE people.relation ENABLE ROW LEVEL SECURITY;
ALTER TABLE people.relation FORCE ROW LEVEL SECURITY;
CREATE POLICY for_functions ON people.relation FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY own ON people.relation FOR SELECT TO tele_app
    USING (account_id = (SELECT kernel.uid()));
CREATE POLICY overseen ON people.relation FOR SELECT TO tele_app
    -- The role stands first: nobody but a therapist pays for the lookup.
    USING ((SELECT kernel.role()) IN ('liaison', 'system:worker', 'system:seed')
        OR ((SELECT kernel.role()) = 'therapist' AND people.cares_for(patient_id)));
CREATE POLICY planted ON people.relation FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'system:seed');
CREATE POLICY taken_on ON people.relation FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'therapist' AND kind = 'care_team'
        AND account_id = (SELECT kernel.uid()) AND people.entered_by_me(patient_id));
-- A liaison who approves a visit makes its therapist part of the care team; nobody makes a guardian this way (G9).
CREATE POLICY assigned ON people.relation FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'liaison' AND kind = 'care_team' AND created_by = (SELECT kernel.uid()));
GRANT SELECT, INSERT ON people.relation TO tele_app;

-- What a therapist knows of a patient's health. Both texts are sealed under the patient's key; the row itself is seen by the care
-- team only, so that not even the sealed bytes reach a liaison, a guardian or the patient.
CREATE TABLE people.clinical (
    patient_id uuid PRIMARY KEY REFERENCES people.patient,
    diagnosis  bytea,
    note       bytea,
    changed_at timestamptz NOT NULL,
    changed_by uuid NOT NULL
);
ALTER TABLE people.clinical ENABLE ROW LEVEL SECURITY;
ALTER TABLE people.clinical FORCE ROW LEVEL SECURITY;
CREATE POLICY care_team ON people.clinical TO tele_app
    USING (people.cares_for(patient_id));
CREATE POLICY planted ON people.clinical FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'system:seed');
GRANT SELECT, INSERT, UPDATE (diagnosis, note, changed_at, changed_by) ON people.clinical TO tele_app;

-- A therapist as patients meet them. The id is the account's: one account, one human. No patient data, so everybody who is
-- signed in may read it.
CREATE TABLE people.therapist (
    id          uuid PRIMARY KEY REFERENCES identity.account,
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),   -- the professional name
    title       text NOT NULL CHECK (length(title) BETWEEN 1 AND 80),   -- "LCSW", "PsyD"
    gender      text CHECK (length(gender) BETWEEN 1 AND 40),
    about       text NOT NULL,
    approach    text NOT NULL,
    zone        text NOT NULL,
    languages   text[] NOT NULL CHECK (cardinality(languages) > 0),     -- ISO 639-1
    specialties text[] NOT NULL CHECK (cardinality(specialties) > 0),   -- codes of people::model::SPECIALTIES
    accepts_new boolean NOT NULL,
    created_at  timestamptz NOT NULL
);
CREATE INDEX therapist_specialties ON people.therapist USING gin (specialties);
ALTER TABLE people.therapist ENABLE ROW LEVEL SECURITY;
ALTER TABLE people.therapist FORCE ROW LEVEL SECURITY;
CREATE POLICY signed_in ON people.therapist FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) IS NOT NULL);
CREATE POLICY planted ON people.therapist FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'system:seed');
GRANT SELECT, INSERT ON people.therapist TO tele_app;

-- Where a therapist may practise, and until when. Boards publish these numbers; a visit needs one for the patient's state.
CREATE TABLE people.licence (
    therapist_id uuid NOT NULL REFERENCES people.therapist,
    state_code   text NOT NULL CHECK (state_code ~ '^[A-Z]{2}$'),
    number       text NOT NULL CHECK (length(number) BETWEEN 1 AND 40),
    valid_until  date NOT NULL,
    PRIMARY KEY (therapist_id, state_code)
);
CREATE INDEX licence_state ON people.licence (state_code, valid_until);
ALTER TABLE people.licence ENABLE ROW LEVEL SECURITY;
ALTER TABLE people.licence FORCE ROW LEVEL SECURITY;
CREATE POLICY signed_in ON people.licence FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) IS NOT NULL);
CREATE POLICY planted ON people.licence FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'system:seed');
GRANT SELECT, INSERT ON people.licence TO tele_app;

-- Therapists with a licence that is valid today in a state: what a search of another schema may join, in place of these tables.
-- Plain SQL that is inlined, so that the search stays one plan; row security is the asker's.
CREATE FUNCTION people.licensed(state text)
    RETURNS TABLE (id uuid, name text, title text, languages text[], specialties text[], licence_states text[],
                   accepts_new boolean)
    LANGUAGE sql STABLE AS $$
    SELECT t.id, t.name, t.title, t.languages, t.specialties, l.states, t.accepts_new
    FROM people.therapist t
    JOIN (
        SELECT v.therapist_id, array_agg(v.state_code ORDER BY v.state_code) AS states
        FROM people.licence v WHERE v.valid_until >= CURRENT_DATE GROUP BY v.therapist_id
    ) l ON l.therapist_id = t.id
    WHERE l.states @> ARRAY[state]
    $$;
REVOKE ALL ON FUNCTION people.licensed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people.licensed TO tele_app;
