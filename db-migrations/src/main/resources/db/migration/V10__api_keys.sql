-- Who may speak to the service, and for which tenant. The secret itself is nowhere: a copy of this table opens nothing.
create table api_keys (
    id             text        primary key,         -- the public part of the key, for lists and logs
    tenant         text        not null,
    name           text        not null,            -- such as "shop"; at most two live keys share one, during a rotation
    scopes         text[]      not null,            -- of READ, SUBMIT, ADMIN
    secret_sha256  char(64)    not null,            -- lower-case hexadecimal digest; the secret has 192 random bits
    created_at     timestamptz not null,
    expires_at     timestamptz not null             -- valid before this; "infinity" if nobody ended it yet
);
create index api_keys_by_name on api_keys (tenant, name, created_at desc);
