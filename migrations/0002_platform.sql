create table institution (
  id text collate "C" primary key,
  name text not null,
  created_date timestamptz not null
);

-- Keys are stored as SHA-256 only; the key itself is shown once, when it is made.
create table api_key (
  id text collate "C" primary key,
  institution_id text collate "C" not null,
  hash text collate "C" not null unique,
  hint text not null,
  name text,
  mode text not null,
  scopes text[] not null,
  ledger_account_id text collate "C",
  created_date timestamptz not null,
  expires_date timestamptz,
  revoked_date timestamptz
);
create index api_key_institution on api_key (institution_id, created_date desc);

-- One row a ledger account. Its lock orders the writers, so the change feed has no gaps.
create table feed (
  ledger_account_id text collate "C" primary key,
  seq bigint not null,
  date timestamptz not null
);

create table change (
  ledger_account_id text collate "C" not null,
  seq bigint not null,
  object text collate "C" not null,
  id text collate "C" not null,
  kind text collate "C" not null,
  changed text[] not null,
  date timestamptz not null,
  primary key (ledger_account_id, seq)
);

-- Superseded texts, for reads as of a moment. `seq` is the change that superseded the text.
create table history (
  ledger_account_id text collate "C" not null,
  object text collate "C" not null,
  id text collate "C" not null,
  seq bigint not null,
  record text not null,
  valid_to timestamptz not null,
  primary key (ledger_account_id, object, id, seq)
);

-- Payloads that break the model, kept raw until a better mapping reads them.
create table rejected (
  ledger_account_id text collate "C" not null,
  partner_account_connection_id text collate "C" not null,
  stream text collate "C" not null,
  partner_record_id text collate "C" not null,
  payload text not null,
  parent text,
  error text not null,
  date timestamptz not null,
  primary key (ledger_account_id, partner_account_connection_id, stream, partner_record_id)
);

create table stream (
  ledger_account_id text collate "C" not null,
  partner_account_connection_id text collate "C" not null,
  stream text collate "C" not null,
  state text not null default 'queued',
  reason text,
  retry_date timestamptz,
  -- Everything up to here has been read, and what the running pass will have read when it ends.
  watermark_ms bigint,
  horizon_ms bigint,
  run_started_ms bigint,
  last_success timestamptz,
  last_full_verification timestamptz,
  next_run timestamptz,
  last_error text,
  seen bigint not null default 0,
  changed bigint not null default 0,
  deleted bigint not null default 0,
  primary key (ledger_account_id, partner_account_connection_id, stream)
);

-- The segment ledger: every range of a run is opened, paged, counted and closed.
create table segment (
  ledger_account_id text collate "C" not null,
  partner_account_connection_id text collate "C" not null,
  stream text collate "C" not null,
  segment integer not null,
  kind text not null,
  range_from text collate "C",
  range_to text collate "C",
  cursor text,
  -- How far down the range the pages have come, for when a cursor is refused.
  reached text collate "C",
  pages integer not null default 0,
  records bigint not null default 0,
  closed boolean not null default false,
  primary key (ledger_account_id, partner_account_connection_id, stream, segment)
);

-- Data keys, one a ledger account, sealed by the master key named in key_id.
create table data_key (
  ledger_account_id text collate "C" primary key,
  key_id text not null,
  sealed text not null
);

create table credential (
  ledger_account_id text collate "C" not null,
  partner_account_connection_id text collate "C" not null,
  sealed text not null,
  primary key (ledger_account_id, partner_account_connection_id)
);

create table idempotency (
  institution_id text collate "C" not null,
  key text collate "C" not null,
  fingerprint text not null,
  status integer,
  body text,
  created_date timestamptz not null,
  primary key (institution_id, key)
);
create index idempotency_created_date on idempotency (created_date);

-- What an installation keeps for itself, such as a salt.
create table setting (
  name text collate "C" primary key,
  value text not null
);
