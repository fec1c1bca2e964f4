-- What a therapist typed about a visit and has not confirmed yet (R18). It is theirs alone: the patient's side and the desk read
-- nothing of it, and confirming removes it. Sealed under the patient's key.

-- One per visit and therapist, so that whoever takes a visit over never meets another's unfinished words.
CREATE TABLE scheduling.summary_draft (
    visit_id     uuid NOT NULL REFERENCES scheduling.visit,
    therapist_id uuid NOT NULL,
    words        bytea NOT NULL,                                  -- sealed; empty words take a confirmed summary back
    saved_at     timestamptz NOT NULL,
    PRIMARY KEY (visit_id, therapist_id)
);
CREATE INDEX summary_draft_old ON scheduling.summary_draft (saved_at);

ALTER TABLE scheduling.summary_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE scheduling.summary_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON scheduling.summary_draft TO tele_app
    USING (therapist_id = (SELECT kernel.uid()))
    WITH CHECK (therapist_id = (SELECT kernel.uid())
        AND EXISTS (SELECT FROM scheduling.visit v WHERE v.id = visit_id AND v.therapist_id = (SELECT kernel.uid())));
CREATE POLICY forgotten ON scheduling.summary_draft TO tele_app
    USING ((SELECT kernel.role()) = 'system:worker') WITH CHECK (false);
GRANT SELECT, INSERT, UPDATE (words, saved_at), DELETE ON scheduling.summary_draft TO tele_app;
