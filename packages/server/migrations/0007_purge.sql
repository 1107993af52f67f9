-- What is remembered for a while only: answers to commands for some weeks, ended sessions for the nodes to close their sockets.
ALTER TABLE installation ADD COLUMN done_forgotten_to timestamptz;
COMMENT ON COLUMN installation.done_forgotten_to IS 'Client ids older than this are refused as too-old where no answer is remembered (contract D11); null until something is old enough.';

-- In the order of time as they come, so a few pages are enough to find the oldest.
CREATE INDEX done_command_by_time ON done_command USING brin (at) WITH (pages_per_range = 32);
