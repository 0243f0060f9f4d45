-- What callers of the HTTP interface rely on: names of their own, reruns, retention that can be changed, and answers that are
-- given again.

alter table jobs add column custom_id text;          -- the caller's own name for the job; need not be unique
alter table jobs add column rerun_of uuid;           -- the job that this one repeats; it may be deleted by now
alter table jobs add column pinned boolean not null default false;  -- kept until it is unpinned, whatever expires_at says
create index jobs_by_custom_id on jobs (tenant, custom_id, created_at desc) where custom_id is not null;
create index jobs_queued on jobs (tenant) where state in ('QUEUED', 'READY');
-- The artefact "input" names the same blob, so that nothing is lost; without an index each deletion of a blob read all jobs.
alter table jobs drop constraint jobs_input_sha256_fkey;

-- Answers to requests with an Idempotency-Key, written by the transaction that did what was asked for.
create table idempotency_keys (
    tenant          text        not null,
    route           text        not null,            -- such as "POST /v1/inversions"
    key             text        not null,
    request_sha256  char(64)    not null,            -- another request with the same key is refused
    status          integer     not null,
    location        text        not null,
    body            text        not null,
    expires_at      timestamptz not null,
    primary key (tenant, route, key)
);
create index idempotency_keys_by_expiry on idempotency_keys (expires_at);

-- Jobs that were deleted after their retention: their addresses answer 410 for a while instead of 404.
create table expired_jobs (
    id          uuid        primary key,
    tenant      text        not null,
    deleted_at  timestamptz not null
);
create index expired_jobs_by_time on expired_jobs (deleted_at);
