-- What the school has decided, and the record of privileged acts. Only additions: the release before reads none of it.

CREATE TABLE school (
  one              boolean PRIMARY KEY DEFAULT true CHECK (one),
  version          bigint NOT NULL DEFAULT 1,
  settings         jsonb NOT NULL DEFAULT '{}',
  logo             bytea CHECK (octet_length(logo) <= 262144)
);
COMMENT ON TABLE school IS 'One row: the settings of the school but its name (see installation). What is missing in settings has its default.';
COMMENT ON COLUMN school.version IS 'Counts up with each change: latest wins.';
COMMENT ON COLUMN school.logo IS 'A PNG that this server has put together itself, pixel by pixel.';
INSERT INTO school DEFAULT VALUES;

CREATE TABLE audit_entry (
  number           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at               timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor            uuid,
  act              text NOT NULL,
  target           uuid,
  detail           jsonb NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE audit_entry IS 'Privileged acts, written in the transaction of the act; never changed, never a word of what people say.';
COMMENT ON COLUMN audit_entry.actor IS 'Null: whoever runs the server, by its command line.';
