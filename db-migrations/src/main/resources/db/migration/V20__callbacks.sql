-- Where callers want to be told what happens, and each message to them until it has arrived.

create table endpoints (
    id                     uuid        primary key,
    tenant                 text        not null,
    url                    text        not null,
    description            text        not null,
    events                 text        not null,    -- what a submission asks for that only names the endpoint: completed,progress
    enabled                boolean     not null,
    disabled_reason        text,
    secret                 text        not null,    -- signs every message; whsec_ and base64
    previous_secret        text,                    -- signs as well until it retires, so that a receiver can change over
    previous_secret_until  timestamptz,
    created_at             timestamptz not null,
    updated_at             timestamptz not null,
    unique (tenant, url)
);
create index endpoints_by_tenant on endpoints (tenant, created_at desc, id desc);

-- No foreign key: an endpoint may be deleted while jobs name it, and then nobody is told.
alter table jobs
    add column callback_endpoint     uuid,
    add column callback_events       text,          -- such as completed,progress
    add column callback_progress_at  timestamptz;   -- when progress was last told: not more than twice a second

-- One message to one endpoint. See docs/delivery-lifecycle.md.
create table deliveries (
    id                uuid        primary key,      -- made of endpoint, subject and number: the same event is never told twice
    tenant            text        not null,
    endpoint_id       uuid        not null references endpoints (id) on delete cascade,
    subject           uuid        not null,         -- the job or batch; its messages are sent in the order of their numbers
    number            bigint      not null,
    type              text        not null,         -- such as inversion.succeeded
    body              text        not null,
    state             text        not null,
    tries             integer     not null,         -- failed ones since the delivery, or its redelivery, was asked for
    attempts          integer     not null,         -- rows of delivery_attempts
    retries_from      timestamptz not null,         -- the schedule of retries begins here
    next_attempt_at   timestamptz not null,
    fence             bigint      not null,         -- grows with each attempt: a sender that was thought dead is not believed
    lease_owner       text,
    lease_expires_at  timestamptz,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    finished_at       timestamptz
);
create index deliveries_by_tenant on deliveries (tenant, created_at desc, id desc);
create index deliveries_due on deliveries (endpoint_id, next_attempt_at) where state in ('PENDING', 'WAITING');
create index deliveries_in_order on deliveries (subject, endpoint_id, number)
    where state in ('PENDING', 'SENDING', 'WAITING');
create index deliveries_sending on deliveries (endpoint_id, lease_expires_at) where state = 'SENDING';
create index deliveries_finished on deliveries (finished_at) where finished_at is not null;

create table delivery_attempts (
    delivery_id  uuid        not null references deliveries (id) on delete cascade,
    ordinal      integer     not null,              -- from 1
    tenant       text        not null,
    started_at   timestamptz not null,
    duration_ms  bigint      not null,
    status       integer,                           -- of the answer; none if there was no answer
    trouble      text,                              -- why there was none
    excerpt      text        not null,              -- beginning of the answer's body
    primary key (delivery_id, ordinal)
);
