-- Who takes their words back keeps an empty row. Nothing is changed: the release before takes what it cannot open for no words.

COMMENT ON COLUMN keyword_list.sealed IS 'The words, sealed by the vault under the school key and bound to the account; empty: none any more.';
