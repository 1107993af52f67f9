-- Coming to the school uninvited. Only additions: the release before reads none of it.

CREATE TABLE join_ask (
  id               uuid PRIMARY KEY,
  name             text NOT NULL,
  email            text NOT NULL,
  email_folded     text NOT NULL UNIQUE,
  words            text NOT NULL DEFAULT '',
  language         text NOT NULL CHECK (language IN ('pt-BR', 'en')),
  at               timestamptz NOT NULL DEFAULT clock_timestamp(),
  declined_at      timestamptz
);
COMMENT ON TABLE join_ask IS 'Who asks to come in. An ask that was declined keeps its address alone, for a month, so that it is not asked again at once.';

CREATE TABLE join_proof (
  hash             bytea PRIMARY KEY,
  email            text NOT NULL,
  email_folded     text NOT NULL,
  expires_at       timestamptz NOT NULL
);
COMMENT ON TABLE join_proof IS 'Addresses at the school''s own domains, that wait to be shown by the link that went there. The hash is SHA-256 of 256 random bits.';
CREATE INDEX join_proof_by_email ON join_proof (email_folded);

ALTER TABLE audit_entry ADD COLUMN hash bytea;
COMMENT ON COLUMN audit_entry.hash IS 'SHA-256 of the hash of the entry before and of this entry: what is changed, left out or put in between later does not fit. Null in entries of earlier releases.';
