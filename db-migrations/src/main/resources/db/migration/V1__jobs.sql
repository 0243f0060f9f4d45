-- One inversion asked for by one tenant, from submission to its end.
-- PostgreSQL is the truth; a Kafka message only says "look at this job".

-- Bytes, named by their content: the same picture sent twice is kept once. Never read except through a row of a tenant.
create table blobs (
    sha256      char(64)    primary key,            -- lower-case hexadecimal digest of the bytes
    bytes       bytea       not null,
    byte_size   bigint      not null,
    created_at  timestamptz not null
);
-- Pictures are compressed already.
alter table blobs alter column bytes set storage external;

create table jobs (
    id                       uuid        primary key,
    tenant                   text        not null,
    lane                     text        not null,  -- INTERACTIVE or BULK: a catalogue must not starve a person
    state                    text        not null,  -- see docs/job-lifecycle.md
    version                  bigint      not null,  -- grows with every change; the number of the latest event
    bundle                   text        not null,
    method                   text        not null,
    tau                      double precision not null,
    steps                    integer     not null,
    seed                     bigint      not null,
    input_sha256             char(64)    not null references blobs (sha256),
    input_media_type         text        not null,
    cancel_requested         boolean     not null default false,

    attempts                 integer     not null default 0,  -- times that a worker took up its present stage
    fruitless_attempts       integer     not null default 0,  -- of these, since the latest checkpoint that moved on
    step                     integer     not null default 0,  -- optimisation steps that are done
    progress                 double precision not null default 0,  -- of the present stage, 0 to 1
    psnr_decibel             double precision,
    lpips                    double precision,
    shares                   jsonb,                 -- share of the picture by latent space, such as {"W+": 0.8, "F6": 0.2}
    failure_kind             text,                  -- names a page in docs/problems
    failure_detail           text,
    provenance               jsonb,                 -- bundle hash, engine version and seed of the result

    created_at               timestamptz not null,
    updated_at               timestamptz not null,
    started_at               timestamptz,
    finished_at              timestamptz,
    message_sent_at          timestamptz not null,  -- when a worker was told last; told again if that seems lost
    queue_deadline           timestamptz not null,  -- not started by then: EXPIRED
    run_timeout_ms           bigint      not null,  -- each stage may take this long
    run_deadline             timestamptz,           -- not finished by then: EXPIRED
    expires_at               timestamptz not null   -- the job and its artefacts may be deleted after this
);
create index jobs_by_tenant on jobs (tenant, created_at desc, id desc);
create index jobs_live on jobs (state, updated_at)
    where state in ('QUEUED', 'MAPPING', 'READY', 'RUNNING', 'CANCELLING');
create index jobs_by_expiry on jobs (expires_at);

-- What happened to a job, numbered from 1 without gaps. Callers read it as a stream and resume at any number.
create table job_events (
    job_id      uuid        not null references jobs (id) on delete cascade,
    number      bigint      not null,
    tenant      text        not null,
    kind        text        not null,               -- "state" or "progress"
    body        jsonb       not null,
    created_at  timestamptz not null,
    primary key (job_id, number)
);

-- Edits that the caller asked for; each becomes one picture.
create table edits (
    job_id      uuid        not null references jobs (id) on delete cascade,
    ordinal     integer     not null,               -- from 0, in the order of the request
    tenant      text        not null,
    direction   text        not null,
    strength    double precision not null,
    primary key (job_id, ordinal)
);

-- Results by name. An artefact is replaced only by the worker that holds the lease.
create table artefacts (
    job_id      uuid        not null references jobs (id) on delete cascade,
    name        text        not null,               -- such as reconstruction.png
    tenant      text        not null,
    media_type  text        not null,
    sha256      char(64)    not null references blobs (sha256),
    byte_size   bigint      not null,
    created_at  timestamptz not null,
    primary key (job_id, name)
);
create index artefacts_by_blob on artefacts (sha256);

-- Losses of consecutive optimisation steps, one row for each report of the worker.
create table loss_chunks (
    job_id      uuid        not null references jobs (id) on delete cascade,
    first_step  integer     not null,
    tenant      text        not null,
    losses      jsonb       not null,               -- {"losses": [{"step": 0, "total": 1.5, ...}, ...]}
    primary key (job_id, first_step)
);
