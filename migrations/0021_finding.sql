-- What a search asks about therapists besides specialty and language (R10): whose insurance they take, and whether they are a
-- woman or a man, for whoever can talk only with one of them. Gender stands in the table since 0003.

ALTER TABLE people.therapist ADD COLUMN insurers text[] NOT NULL DEFAULT '{}';   -- codes of people::model::INSURERS

-- How patients find a therapist is kept by the therapist and by the desk (R28). What a card says else stays as it is.
CREATE POLICY found_by ON people.therapist FOR UPDATE TO tele_app
    USING (id = (SELECT kernel.uid()) OR (SELECT kernel.role()) = 'liaison');
GRANT UPDATE (gender, insurers) ON people.therapist TO tele_app;
