-- What is asked again and again of tables that grow: by an index each.
CREATE INDEX draft_worded ON draft (at) WHERE ct IS NOT NULL;
