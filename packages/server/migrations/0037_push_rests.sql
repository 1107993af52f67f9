-- A push service that wants to be left alone is, for one device, whatever is said meanwhile. Only an addition: the release before
-- neither reads nor writes it; what it notes while it runs beside this one may ask the service sooner.

ALTER TABLE push_device ADD COLUMN rests_until timestamptz;
COMMENT ON COLUMN push_device.rests_until IS 'Its service did not take the last push: nothing of the device is due before. Null or past: it may be asked.';
