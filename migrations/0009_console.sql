-- Who is signed in to the console. A row is as good as the key it stands for, and ends with it; only the
-- SHA-256 of what the browser holds is kept.
create table console_session (
  hash text collate "C" primary key,
  key_id text collate "C" not null,
  created_date timestamptz not null,
  expires_date timestamptz not null
);
create index console_session_key on console_session (key_id, created_date);
create index console_session_expires on console_session (expires_date);
