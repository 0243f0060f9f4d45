-- Further edits of an inversion that has succeeded, rendered from its stored latents without optimising again.
create table edit_renderings (
    job_id           uuid        not null references jobs (id) on delete cascade,
    number           integer     not null,          -- from 1, in the order of the requests
    tenant           text        not null,
    state            text        not null,          -- PENDING, DONE or FAILED
    parts            jsonb       not null,          -- {"parts": [{"direction": "smile", "strength": 1.5, ...}, ...]}
    attempts         integer     not null default 0,
    failure_kind     text,                          -- names a page in docs/problems
    failure_detail   text,
    created_at       timestamptz not null,
    finished_at      timestamptz,
    message_sent_at  timestamptz not null,          -- when a worker was told last; told again if that seems lost
    primary key (job_id, number)
);
create index edit_renderings_pending on edit_renderings (message_sent_at) where state = 'PENDING';
