-- What is asked again and again of tables that grow: by an index each.
CREATE INDEX draft_worded ON draft (at) WHERE ct IS NOT NULL;
CREATE INDEX user_event_inbox ON user_event (account, seq) WHERE type = 'notification.made' AND data ->> 'kind' IN ('mention', 'reply', 'thread');
