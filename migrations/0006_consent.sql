-- Where an institution's consent page may lead back to, and what it looks like.
create table consent_setting (
  institution_id text collate "C" not null,
  mode text collate "C" not null,
  return_urls text[] not null default '{}',
  brand_name text,
  logo text,
  colour text,
  modified_date timestamptz not null,
  primary key (institution_id, mode)
);

-- CONNECT links. The link itself is shown once; its SHA-256 is kept.
create table consent_link (
  ledger_account_id text collate "C" not null,
  hash text collate "C" not null,
  institution_id text collate "C" not null,
  mode text collate "C" not null,
  return_url text not null,
  partner_sources text[] not null,
  -- The browser that began to use it: SHA-256 of its cookie.
  session_hash text collate "C",
  created_date timestamptz not null,
  expires_date timestamptz not null,
  used_date timestamptz,
  primary key (ledger_account_id, hash)
);

-- Ways to a partner's consent screen and back. Each is walked once.
create table consent_attempt (
  ledger_account_id text collate "C" not null,
  -- SHA-256 of the state that the partner hands back.
  hash text collate "C" not null,
  link_hash text collate "C" not null,
  partner_source text collate "C" not null,
  -- What had to be known before, such as a shop's domain: an object of texts.
  given text not null,
  created_date timestamptz not null,
  used_date timestamptz,
  primary key (ledger_account_id, hash)
);

-- What is known of a granted token beside the sealed credential that holds it.
create table oauth_token (
  ledger_account_id text collate "C" not null,
  partner_account_connection_id text collate "C" not null,
  -- Counts the tokens; whoever replaces one says which.
  generation integer not null default 0,
  expires_ms bigint,
  -- When it is to be refreshed.
  refresh_ms bigint,
  -- Who is refreshing it may do so until then.
  lease_ms bigint,
  -- When a refresh was sent whose answer is not stored yet.
  sent_ms bigint,
  -- Why it can be refreshed no more.
  lost text,
  primary key (ledger_account_id, partner_account_connection_id)
);
