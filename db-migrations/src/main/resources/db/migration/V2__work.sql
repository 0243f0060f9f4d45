-- Who works on what, and what has to be told to whom.

-- Who may write the results of a job. The fence grows each time that the lease changes hands, and every write of a worker
-- names its fence: a worker that lost the lease without noticing is refused.
create table leases (
    job_id      uuid        primary key references jobs (id) on delete cascade,
    tenant      text        not null,
    owner       text        not null,               -- process and slot, for the operator's eye
    fence       bigint      not null,
    expires_at  timestamptz not null
);
create index leases_by_expiry on leases (expires_at);

-- The state of an optimisation (latents, moments, step): another worker goes on from here.
create table checkpoints (
    job_id      uuid        primary key references jobs (id) on delete cascade,
    tenant      text        not null,
    fence       bigint      not null,
    step        integer     not null,
    bytes       bytea       not null,
    created_at  timestamptz not null
);
alter table checkpoints alter column bytes set storage external;

-- Messages that are sent to Kafka after the transaction that wrote them: neither is ever done without the other.
create table outbox (
    id            bigint      generated always as identity primary key,
    tenant        text        not null,
    topic         text        not null,
    message_key   text        not null,
    body          text        not null,
    available_at  timestamptz not null,             -- not sent before this: retries wait here
    created_at    timestamptz not null
);
create index outbox_by_time on outbox (available_at, id);
