-- What a person keeps of a conversation for themselves, equal on all their devices.

-- The revision at which the list of saved messages changed last: who has not heard of it asks anew (contract D33).
ALTER TABLE user_stream ADD COLUMN saved_revision bigint NOT NULL DEFAULT 0;
