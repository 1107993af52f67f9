-- Devices are not called too often: when each was called last. Only an addition, and the release before goes on without it.

ALTER TABLE push_device ADD COLUMN rang timestamptz[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN push_device.rang IS 'When it was called last, in order: as many as it may be called in a day.';
