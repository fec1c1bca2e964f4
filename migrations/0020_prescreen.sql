-- Pre-screening (R11): questions before a visit, which our team writes and patients answer when they ask for one.
--
-- A form is a draft that can be changed and a row of published versions that cannot. Answers point at the version they were given
-- to, so that nobody's answer is ever read under another question. Questions are about nobody; answers are sealed under the
-- patient's key.

-- A form for one service, or for every service that has none of its own. What stands here is the draft.
CREATE TABLE scheduling.prescreen (
    id         uuid PRIMARY KEY,
    service_id uuid REFERENCES scheduling.service,                -- NULL: for every service without a form of its own
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    questions  jsonb NOT NULL DEFAULT '[]',
    edition    integer NOT NULL DEFAULT 0,                        -- counts the changes: nobody saves over what they have not seen
    retired_at timestamptz                                        -- from then on it is asked no more
);
CREATE UNIQUE INDEX prescreen_one ON scheduling.prescreen (service_id) NULLS NOT DISTINCT WHERE retired_at IS NULL;

-- What patients are asked from an instant on. Never changed and never removed.
CREATE TABLE scheduling.prescreen_version (
    id           uuid PRIMARY KEY,
    prescreen_id uuid NOT NULL REFERENCES scheduling.prescreen,
    number       integer NOT NULL CHECK (number > 0),
    questions    jsonb NOT NULL,
    published_at timestamptz NOT NULL,
    published_by uuid NOT NULL,
    CONSTRAINT prescreen_version_number UNIQUE (prescreen_id, number)
);

-- What somebody typed into a form for a patient and has not sent. It belongs to the two and not to the kept time: a time that
-- runs out, or another one that is taken instead, changes nothing about it.
CREATE TABLE scheduling.prescreen_draft (
    id           uuid PRIMARY KEY,
    account_id   uuid NOT NULL,
    patient_id   uuid NOT NULL,
    prescreen_id uuid NOT NULL REFERENCES scheduling.prescreen,
    version_id   uuid NOT NULL REFERENCES scheduling.prescreen_version,
    answers      bytea NOT NULL,                                  -- sealed
    saved_at     timestamptz NOT NULL,
    CONSTRAINT prescreen_draft_one UNIQUE (account_id, patient_id, prescreen_id)
);
CREATE INDEX prescreen_draft_old ON scheduling.prescreen_draft (saved_at);

-- The answers that came with a request.
CREATE TABLE scheduling.prescreen_answers (
    request_id uuid PRIMARY KEY REFERENCES scheduling.booking_request,
    patient_id uuid NOT NULL,
    version_id uuid NOT NULL REFERENCES scheduling.prescreen_version,
    given_by   uuid NOT NULL,
    given_at   timestamptz NOT NULL,
    answers    bytea NOT NULL                                     -- sealed
);
CREATE INDEX prescreen_answers_to ON scheduling.prescreen_answers (version_id);

-- Row security ------------------------------------------------------------------------------------------------------------

DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['prescreen', 'prescreen_version', 'prescreen_draft', 'prescreen_answers'] LOOP
        EXECUTE format('ALTER TABLE scheduling.%I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('ALTER TABLE scheduling.%I FORCE ROW LEVEL SECURITY', one);
    END LOOP;
    -- Whoever reads answers reads the questions; liaisons and admins write them.
    FOREACH one IN ARRAY ARRAY['prescreen', 'prescreen_version'] LOOP
        EXECUTE format('CREATE POLICY read ON scheduling.%I FOR SELECT TO tele_app
                        USING ((SELECT kernel.role()) IN (''patient'', ''guardian'', ''therapist'', ''liaison'', ''admin'',
                                                          ''system:seed''))', one);
        EXECUTE format('CREATE POLICY written ON scheduling.%I FOR INSERT TO tele_app
                        WITH CHECK ((SELECT kernel.role()) IN (''liaison'', ''admin'', ''system:seed''))', one);
    END LOOP;
END
$$;
CREATE POLICY changed ON scheduling.prescreen FOR UPDATE TO tele_app
    USING ((SELECT kernel.role()) IN ('liaison', 'admin'));
GRANT SELECT, INSERT, UPDATE (questions, edition, retired_at) ON scheduling.prescreen TO tele_app;
GRANT SELECT, INSERT ON scheduling.prescreen_version TO tele_app;

CREATE POLICY own ON scheduling.prescreen_draft TO tele_app
    USING (account_id = (SELECT kernel.uid()))
    WITH CHECK (account_id = (SELECT kernel.uid()) AND people.acts_for(patient_id));
CREATE POLICY forgotten ON scheduling.prescreen_draft TO tele_app
    USING ((SELECT kernel.role()) = 'system:worker') WITH CHECK (false);
GRANT SELECT, INSERT, UPDATE (id, version_id, answers, saved_at), DELETE ON scheduling.prescreen_draft TO tele_app;

-- The patient's side, the desk, and the therapist of the visit once there is one (R14): the one who meets the patient now, not
-- whom the request named.
CREATE POLICY for_functions ON scheduling.prescreen_answers FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY seen ON scheduling.prescreen_answers FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) = 'liaison' OR people.acts_for(patient_id)
        OR EXISTS (SELECT FROM scheduling.visit v
                   WHERE v.request_id = prescreen_answers.request_id AND v.therapist_id = (SELECT kernel.uid())));
-- Given with the request by whoever sends it, or later by whoever acts for the patient then.
CREATE POLICY given ON scheduling.prescreen_answers FOR INSERT TO tele_app
    WITH CHECK (given_by = (SELECT kernel.uid()) AND people.acts_for(patient_id)
        AND EXISTS (SELECT FROM scheduling.booking_request q
                    WHERE q.id = request_id AND q.patient_id = prescreen_answers.patient_id));
GRANT SELECT, INSERT ON scheduling.prescreen_answers TO tele_app;

-- Functions -----------------------------------------------------------------------------------------------------------------

-- How many requests answered each version of a form; a number and no row, for admins too, who see no patient.
CREATE FUNCTION scheduling.prescreen_answered(form uuid) RETURNS TABLE (version_id uuid, answered bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
BEGIN
    IF kernel.role() IS NULL OR kernel.role() NOT IN ('liaison', 'admin') THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT a.version_id, count(*) FROM prescreen_answers a JOIN prescreen_version v ON v.id = a.version_id
    WHERE v.prescreen_id = form GROUP BY a.version_id;
END
$$;
REVOKE ALL ON FUNCTION scheduling.prescreen_answered FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scheduling.prescreen_answered TO tele_app;
CREATE POLICY for_functions ON scheduling.prescreen_version FOR SELECT TO CURRENT_USER USING (true);

-- Calendars say "answers given" without opening anything: the visit itself knows whether its request brought some.
ALTER TABLE scheduling.visit ADD COLUMN answered boolean NOT NULL DEFAULT false;
CREATE FUNCTION scheduling.visit_answered() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
BEGIN
    NEW.answered := EXISTS (SELECT FROM prescreen_answers a WHERE a.request_id = NEW.request_id);
    RETURN NEW;
END
$$;
CREATE TRIGGER visit_answered BEFORE INSERT ON scheduling.visit
    FOR EACH ROW WHEN (NEW.request_id IS NOT NULL) EXECUTE FUNCTION scheduling.visit_answered();

-- Answers that come when there is a visit already are said by its row too.
CREATE FUNCTION scheduling.answers_came() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, scheduling AS $$
BEGIN
    UPDATE visit v SET answered = true WHERE v.request_id = NEW.request_id;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION scheduling.answers_came FROM PUBLIC;
CREATE TRIGGER prescreen_answers_came AFTER INSERT ON scheduling.prescreen_answers
    FOR EACH ROW EXECUTE FUNCTION scheduling.answers_came();
