-- Spanish. The list of languages stands in the protocol, once; here only that a tag looks like one (BCP 47), so that the next
-- language needs no migration. What the release before wrote stays valid, and so does what it goes on to write.

ALTER TABLE account
  DROP CONSTRAINT account_language_check,
  ADD CONSTRAINT account_language_check CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');
ALTER TABLE join_ask
  DROP CONSTRAINT join_ask_language_check,
  ADD CONSTRAINT join_ask_language_check CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');
ALTER TABLE room
  DROP CONSTRAINT room_language_check,
  ADD CONSTRAINT room_language_check CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$');

-- A school that has begun keeps what it offered; one that is to begin offers every language there is.
UPDATE school SET settings = settings || '{"languages": {"offered": ["pt-BR", "en"], "default": "pt-BR"}}'
WHERE NOT settings ? 'languages' AND EXISTS (SELECT FROM installation);
