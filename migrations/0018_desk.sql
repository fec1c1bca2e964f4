-- What the desk and its letters need beyond 0017.

-- A letter about proposed times says until when they are kept, and is not sent when they are not any more.
CREATE POLICY told ON scheduling.proposal FOR SELECT TO tele_app
    USING ((SELECT kernel.role()) = 'system:worker');
