-- How the post stands, in numbers: an administrator learns whether letters leave, and of nobody to whom or about whom they are.
CREATE POLICY for_functions ON letters.letter FOR SELECT TO CURRENT_USER USING (true);

-- `since`: a letter that was due before and is still here waits for a mail server that does not take it.
CREATE FUNCTION letters.standing(since timestamptz, now_ timestamptz)
    RETURNS TABLE (late bigint, given_up bigint, unsure bigint, last_sent timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, letters AS $$
BEGIN
    IF kernel.role() IS DISTINCT FROM 'admin' THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT (SELECT count(*) FROM letter l WHERE l.state IN ('queued', 'failed') AND l.created_at < since AND l.run_at <= now_),
           (SELECT count(*) FROM letter l WHERE l.state = 'dead' AND (l.ends_at IS NULL OR l.ends_at > now_)),
           (SELECT count(*) FROM letter l WHERE l.state = 'unknown' AND (l.ends_at IS NULL OR l.ends_at > now_)),
           (SELECT max(l.settled_at) FROM letter l WHERE l.state = 'sent');
END
$$;
REVOKE ALL ON FUNCTION letters.standing FROM PUBLIC;
GRANT EXECUTE ON FUNCTION letters.standing TO tele_app;
CREATE INDEX letter_sent ON letters.letter (settled_at) WHERE state = 'sent';
