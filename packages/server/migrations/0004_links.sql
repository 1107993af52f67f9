-- A new link ends the earlier ones of its account, and lists of people say who was only invited: both look links up by account.
CREATE INDEX one_time_link_by_account ON one_time_link (account);
