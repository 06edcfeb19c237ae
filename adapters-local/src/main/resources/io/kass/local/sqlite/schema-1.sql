-- Version 1. Instants are microseconds since 1970-01-01T00:00:00Z. Text compares bytewise, as the
-- ports ask. Never change a step that was released: add the next one.

-- at: -9223372036854775808 where it is not known.
CREATE TABLE message (
  key TEXT NOT NULL PRIMARY KEY,
  conversation TEXT NOT NULL,
  user TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  content TEXT NOT NULL,
  at INTEGER NOT NULL,
  metadata TEXT NOT NULL
) STRICT;
CREATE INDEX message_in_order ON message (conversation, at, key);
CREATE INDEX message_of_user ON message (user, conversation, at);

CREATE TABLE entry (
  key TEXT NOT NULL PRIMARY KEY,
  revision INTEGER NOT NULL,
  value TEXT NOT NULL
) STRICT;

-- owner: null after a release. The row stays, so that the fence only grows.
CREATE TABLE lease (
  name TEXT NOT NULL PRIMARY KEY,
  owner TEXT,
  fence INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT;

CREATE TABLE counter (
  name TEXT NOT NULL PRIMARY KEY,
  value INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT;
CREATE INDEX counter_expiring ON counter (expires);

CREATE TABLE answer (
  key TEXT NOT NULL PRIMARY KEY,
  user TEXT NOT NULL,
  answer TEXT NOT NULL,
  expires INTEGER NOT NULL
) STRICT;
CREATE INDEX answer_of_user ON answer (user);
CREATE INDEX answer_expiring ON answer (expires);

CREATE TABLE agent_state (
  agent TEXT NOT NULL,
  execution TEXT NOT NULL,
  user TEXT NOT NULL,
  state TEXT NOT NULL,
  revision INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (agent, execution)
) STRICT;
CREATE INDEX agent_state_of_user ON agent_state (user);
CREATE INDEX agent_state_expiring ON agent_state (expires);

-- took: nanoseconds.
CREATE TABLE tool_call (
  id TEXT NOT NULL PRIMARY KEY,
  tool TEXT NOT NULL,
  user TEXT NOT NULL,
  correlation TEXT NOT NULL,
  arguments TEXT NOT NULL,
  success INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  at INTEGER NOT NULL,
  took INTEGER NOT NULL
) STRICT;
CREATE INDEX tool_call_in_order ON tool_call (tool, at, id);
CREATE INDEX tool_call_of_user ON tool_call (user);
