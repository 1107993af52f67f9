-- Courses are made and looked after here. Only additions: the release before reads none of it.

ALTER TABLE course
  ADD COLUMN folded text NOT NULL DEFAULT '',
  ADD COLUMN archived_at timestamptz;
COMMENT ON COLUMN course.folded IS 'Title and class without accents, lower case, by which courses are found and ordered.';
COMMENT ON COLUMN course.archived_at IS 'Since when it is over: its rooms stay, nobody is anybody''s teacher by it any more; null: it runs.';
UPDATE course SET folded = trim(lower(regexp_replace(normalize(title || ' ' || class, NFD), '[\u0300-\u036f]', '', 'g')));
CREATE INDEX course_by_name ON course (folded, id);

-- Of each lesson it is asked whether rooms stand for it
CREATE INDEX room_by_lesson ON room (lesson) WHERE lesson IS NOT NULL;

CREATE VIEW running_enrolment AS
  SELECT e.course, e.account, e.staff FROM enrolment e JOIN course c ON c.id = e.course WHERE c.archived_at IS NULL;
COMMENT ON VIEW running_enrolment IS 'Who teaches whom now: what ties people to each other, as rules on private talk and presence ask it. Rooms go by enrolment itself.';
