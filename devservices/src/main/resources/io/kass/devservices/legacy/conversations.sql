-- Rows as the legacy application writes them: user and assistant by turns, created_at in UTC without a zone.
CREATE TABLE conversations (
  id serial PRIMARY KEY,
  conversation_id varchar(100) NOT NULL,
  user_id varchar(100) NOT NULL,
  role varchar(20) NOT NULL,
  content text NOT NULL,
  created_at timestamp without time zone
);
CREATE INDEX ix_conversations_conversation_id ON conversations (conversation_id);
CREATE INDEX ix_conversations_user_id ON conversations (user_id);

INSERT INTO conversations (conversation_id, user_id, role, content, created_at) VALUES
  ('conv-0a1b2c3d4e5f', 'aiko', 'user', 'How long do we keep backups?', '2024-03-04 09:00:00.123456'),
  ('conv-0a1b2c3d4e5f', 'aiko', 'assistant', 'Backups are kept for 35 days.', '2024-03-04 09:00:03.5'),
  ('conv-0a1b2c3d4e5f', 'aiko', 'user', 'And who tries a restore?', '2024-03-04 09:01:00'),
  ('conv-0a1b2c3d4e5f', 'aiko', 'assistant', 'A restore is tried on the first Monday of each month.', '2024-03-04 09:01:00'),
  ('discord_424242424242', '424242424242', 'user', '監査ログは何年間保存しますか？', '2024-03-05 01:30:00'),
  ('discord_424242424242', '424242424242', 'assistant', '監査ログは7年間保存されます。', '2024-03-05 01:30:04'),
  ('conv-000000000001', 'anonymous', 'user', 'a question of before there were times', NULL),
  ('conv-000000000001', 'anonymous', 'assistant', 'and its answer', NULL);
