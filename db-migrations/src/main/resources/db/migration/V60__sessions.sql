-- Browsers that are signed in to the dashboard. A session stands for the key that opened it and ends with that key at the latest.
create table sessions (
    token_sha256  char(64)    primary key,          -- lower-case hexadecimal digest; the token is in the browser's cookie only
    tenant        text        not null,
    key_id        text        not null references api_keys (id) on delete cascade,
    created_at    timestamptz not null,
    expires_at    timestamptz not null
);
create index sessions_by_expiry on sessions (expires_at);
