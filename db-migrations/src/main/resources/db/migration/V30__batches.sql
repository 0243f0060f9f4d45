-- Catalogues: many inversions that are uploaded, watched and fetched as one batch.

create table batches (
    id                uuid        primary key,
    tenant            text        not null,
    name              text,                         -- the caller's own words
    state             text        not null,         -- see docs/batch-lifecycle.md
    format            text        not null,         -- CSV, JSONL, ZIP or URLS
    on_error          text        not null,         -- CONTINUE or REJECT: what a wrong line does to the others
    defaults          jsonb       not null,         -- settings of items that name none, as the caller wrote them
    stop_reason       text,                         -- CANCELLED or EXPIRED: why no further item is started
    failure_kind      text,                         -- why the batch as a whole was refused; names a page in docs/problems
    failure_detail    text,
    upload_bytes      bigint      not null default 0,
    lines_read        bigint      not null default 0,  -- lines or files that were checked, good or not
    intake_fence      bigint      not null default 0,  -- who may write what the check found; grows with each holder
    intake_until      timestamptz,                  -- the holder is thought dead after this
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    opened_at         timestamptz,                  -- its items were first allowed to start
    finished_at       timestamptz,
    deadline          timestamptz not null,         -- what has not ended by then expires
    expires_at        timestamptz not null          -- the batch with its jobs may be deleted after this
);
create index batches_by_tenant on batches (tenant, created_at desc, id desc);
create index batches_live on batches (state, created_at) where state in ('UPLOADING', 'VALIDATING', 'OPEN', 'FINALIZING');
create index batches_by_expiry on batches (expires_at);

-- The upload as it came, in chunks; deleted when the check has ended.
create table batch_parts (
    batch_id     uuid   not null references batches (id) on delete cascade,
    first_byte   bigint not null,                   -- position of the chunk in the upload
    byte_size    integer not null,
    bytes        bytea  not null,
    primary key (batch_id, first_byte)
);
alter table batch_parts alter column bytes set storage external;

-- One good line. It becomes a job when the feeder puts it into the queue; from then on the job tells its state.
create table batch_items (
    batch_id        uuid        not null references batches (id) on delete cascade,
    line            bigint      not null,           -- from 1: line of the manifest, or number of the file in the archive
    tenant          text        not null,
    custom_id       text        not null,           -- the caller's name for it
    state           text        not null,           -- WAITING, STARTING, STARTED, FAILED, CANCELLED or EXPIRED
    source_url      text,                           -- a picture that is fetched when its turn comes
    sha256          char(64)    references blobs (sha256),  -- or a picture that came with the upload
    media_type      text,
    settings        jsonb       not null,           -- checked and complete
    needs_map       boolean     not null,
    job_id          uuid        not null,           -- of the job that it becomes or became
    tries           integer     not null default 0, -- times that its picture could not be fetched
    available_at    timestamptz not null,           -- not started before this; end of the claim of who starts it
    failure_kind    text,
    failure_detail  text,
    primary key (batch_id, line),
    unique (batch_id, custom_id)
);
create index batch_items_to_start on batch_items (batch_id, line) where state in ('WAITING', 'STARTING');
create index batch_items_by_blob on batch_items (sha256);
create index batch_items_by_job on batch_items (job_id);

-- Lines that were refused.
create table batch_errors (
    batch_id   uuid    not null references batches (id) on delete cascade,
    line       bigint  not null,
    tenant     text    not null,
    custom_id  text,                                -- if it could be read
    kind       text    not null,                    -- names a page in docs/problems
    detail     text    not null,
    primary key (batch_id, line)
);
create index batch_errors_by_kind on batch_errors (batch_id, kind, line);
