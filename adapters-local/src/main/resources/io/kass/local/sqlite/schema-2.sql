-- Version 2. Of messages whose rows are in a table of another application: what has no place there.
-- id: of that row. mark: what that row looks like. at: as in message.
CREATE TABLE row_note (
  key TEXT NOT NULL PRIMARY KEY,
  id INTEGER NOT NULL UNIQUE,
  mark TEXT NOT NULL,
  conversation TEXT NOT NULL,
  user TEXT NOT NULL,
  at INTEGER NOT NULL,
  metadata TEXT NOT NULL
) STRICT;
CREATE INDEX row_note_of_conversation ON row_note (conversation);
CREATE INDEX row_note_of_user ON row_note (user);
