-- The parameters of booking (R30): what an administrator has set, for whom, from when. Rows are only added: the rule in force is
-- the latest one that has begun, what held at any instant can be told afterwards, and taking a change back is one more version.

-- One change of rules: who made it, when, why, and from when it holds. Its scope is the organisation (neither id), a service, a
-- therapist, or a service of a therapist. Each scope counts its versions; two administrators who change the same scope at once
-- want the same number, and the second is told.
CREATE TABLE scheduling.rules_version (
    id             uuid PRIMARY KEY,
    service_id     uuid REFERENCES scheduling.service,
    therapist_id   uuid,
    number         integer NOT NULL CHECK (number > 0),
    at             timestamptz NOT NULL,
    by_account     uuid NOT NULL,
    reason         text NOT NULL CHECK (length(reason) BETWEEN 1 AND 300),
    effective_from timestamptz NOT NULL CHECK (effective_from >= at),
    puts_back      uuid REFERENCES scheduling.rules_version,
    CONSTRAINT rules_version_next UNIQUE NULLS NOT DISTINCT (service_id, therapist_id, number)
);

-- What a version sets, one row a parameter, in the parameter's own unit (`model::Parameter`). NULL: not set here any more, so that
-- the wider scope holds again. Scope, number and start are repeated, so that what is in force is found by one index.
CREATE TABLE scheduling.rule_value (
    version_id     uuid NOT NULL REFERENCES scheduling.rules_version,
    service_id     uuid,
    therapist_id   uuid,
    number         integer NOT NULL,
    effective_from timestamptz NOT NULL,
    parameter      text NOT NULL CHECK (length(parameter) BETWEEN 1 AND 40),
    value          bigint,
    was            bigint,                                        -- what the scope had before: for the log and for taking it back
    PRIMARY KEY (version_id, parameter)
);
CREATE INDEX rule_value_scope ON scheduling.rule_value (service_id, therapist_id, parameter, effective_from DESC, number DESC)
    INCLUDE (value);

-- The rules are everybody's who is signed in, because they decide everybody's times. Who changed them and why is the admins'.
ALTER TABLE scheduling.rules_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.rules_version FORCE ROW LEVEL SECURITY;
CREATE POLICY admins ON scheduling.rules_version FOR SELECT TO tele_app USING ((SELECT kernel.role()) = 'admin');
CREATE POLICY made ON scheduling.rules_version FOR INSERT TO tele_app
    WITH CHECK ((SELECT kernel.role()) = 'admin' AND by_account = (SELECT kernel.uid()));
GRANT SELECT, INSERT ON scheduling.rules_version TO tele_app;

ALTER TABLE scheduling.rule_value ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.rule_value FORCE ROW LEVEL SECURITY;
CREATE POLICY signed_in ON scheduling.rule_value FOR SELECT TO tele_app USING ((SELECT kernel.role()) IS NOT NULL);
CREATE POLICY made ON scheduling.rule_value FOR INSERT TO tele_app WITH CHECK ((SELECT kernel.role()) = 'admin');
GRANT SELECT, INSERT ON scheduling.rule_value TO tele_app;

-- What is in force at an instant for these services and therapists (NULL: for all of them), as [[service, therapist, parameter,
-- value], ...]; which scope wins is the model's to say. One value, so that it can ride in a statement that is asked anyway.
CREATE FUNCTION scheduling.rules_in_force(services uuid[], therapists uuid[], at timestamptz) RETURNS jsonb
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, scheduling AS $$
DECLARE
    found jsonb;
BEGIN
    IF services IS NULL OR therapists IS NULL THEN
        SELECT jsonb_agg(jsonb_build_array(f.service_id, f.therapist_id, f.parameter, f.value)) INTO found
        FROM (
            SELECT DISTINCT ON (r.service_id, r.therapist_id, r.parameter)
                   r.service_id, r.therapist_id, r.parameter, r.value
            FROM rule_value r
            WHERE r.effective_from <= at
              AND (services IS NULL OR r.service_id IS NULL OR r.service_id = ANY (services))
              AND (therapists IS NULL OR r.therapist_id IS NULL OR r.therapist_id = ANY (therapists))
            ORDER BY r.service_id, r.therapist_id, r.parameter, r.effective_from DESC, r.number DESC
        ) f WHERE f.value IS NOT NULL;
    ELSE
        SELECT jsonb_agg(jsonb_build_array(f.service_id, f.therapist_id, f.parameter, f.value)) INTO found
        FROM (
            SELECT DISTINCT ON (r.service_id, r.therapist_id, r.parameter)
                   r.service_id, r.therapist_id, r.parameter, r.value
            FROM (
                SELECT o.* FROM rule_value o WHERE o.service_id IS NULL AND o.therapist_id IS NULL
                UNION ALL
                SELECT s.* FROM rule_value s WHERE s.service_id = ANY (services) AND s.therapist_id IS NULL
                UNION ALL
                SELECT t.* FROM rule_value t WHERE t.service_id IS NULL AND t.therapist_id = ANY (therapists)
                UNION ALL
                SELECT b.* FROM rule_value b WHERE b.service_id = ANY (services) AND b.therapist_id = ANY (therapists)
            ) r
            WHERE r.effective_from <= at
            ORDER BY r.service_id, r.therapist_id, r.parameter, r.effective_from DESC, r.number DESC
        ) f WHERE f.value IS NOT NULL;
    END IF;
    RETURN COALESCE(found, '[]'::jsonb);
END
$$;
REVOKE ALL ON FUNCTION scheduling.rules_in_force FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.rules_in_force TO tele_app;

-- Requests that need no approval ---------------------------------------------------------------------------------------------

-- May a request of this patient become a visit without the desk? The use case asks the model; this is the floor below it: some
-- rule that skips the approval is in force there, and the patient has had a visit that took place. Without both, no row of a
-- visit is written in a patient's or guardian's name, whatever a service forgets.
CREATE FUNCTION scheduling.may_skip_approval(patient uuid, therapist uuid, service uuid, at timestamptz) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, scheduling AS $$
BEGIN
    RETURN people.acts_for(patient)
       AND EXISTS (SELECT FROM visit v WHERE v.patient_id = patient AND v.state = 'completed')
       AND EXISTS (
           SELECT FROM jsonb_array_elements(rules_in_force(ARRAY[service], ARRAY[therapist], at)) AS rule
           WHERE rule->>2 IN ('skip_follow_up', 'skip_same_therapist', 'skip_known_patient') AND rule->>3 = '1');
END
$$;
REVOKE ALL ON FUNCTION scheduling.may_skip_approval FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.may_skip_approval TO tele_app;

CREATE POLICY agreed_by_rule ON scheduling.visit FOR INSERT TO tele_app
    WITH CHECK (request_id IS NOT NULL AND state = 'scheduled'
        AND scheduling.may_skip_approval(patient_id, therapist_id, service_id, agreed_at));

-- The therapist of a visit that was agreed by rule joins the patient's care team like one whose visit a liaison approved.
CREATE FUNCTION scheduling.has_agreed_visit(patient uuid, therapist uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, scheduling AS $$
BEGIN
    RETURN EXISTS (SELECT FROM visit v WHERE v.patient_id = patient AND v.therapist_id = therapist AND v.state = 'scheduled');
END
$$;
REVOKE ALL ON FUNCTION scheduling.has_agreed_visit FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.has_agreed_visit TO tele_app;

-- Whoever adds to a care team sees it: an INSERT that steps back from a conflict is checked against what may be read, too.
CREATE POLICY of_own_patient ON people.relation FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) IN ('patient', 'guardian') AND kind = 'care_team' AND people.acts_for(patient_id));
CREATE POLICY assigned_by_rule ON people.relation FOR INSERT TO tele_app
    WITH CHECK (kind = 'care_team' AND created_by = (SELECT kernel.uid()) AND people.acts_for(patient_id)
        AND scheduling.has_agreed_visit(patient_id, account_id));
