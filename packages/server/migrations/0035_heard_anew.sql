-- Whose words are to be heard anew in a room, so that a flush reads those and not everybody's; and whoever comes into a room is
-- counted whichever way they come: by a flush, with a new room, entrusted with it, or by the release before. Only additions: that
-- release neither reads nor writes them, and the trigger counts for it.

ALTER TABLE member ADD COLUMN hearing bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN member.hearing IS 'What room.hearing was when the person came with words or named others; 0: neither since this column is there.';
CREATE INDEX member_heard_anew ON member (room, hearing) WHERE hearing > 0;

-- Nothing that is decided: the number is kept where every way into a room passes. Private conversations listen for no words.
CREATE FUNCTION count_hearing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever is naming words is waited for (adapters/postgres/keywords.ts); the statement behind it sees what they named
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('keywords ' || NEW.account::text, 0));
  UPDATE room SET hearing = hearing + 1
    WHERE id = NEW.room AND kind NOT IN ('direct', 'group') AND EXISTS (SELECT FROM keyword_list WHERE account = NEW.account)
    RETURNING hearing INTO NEW.hearing;
  NEW.hearing := coalesce(NEW.hearing, 0);
  RETURN NEW;
END $$;
CREATE TRIGGER member_brings_words BEFORE INSERT ON member FOR EACH ROW EXECUTE FUNCTION count_hearing();
