-- Which of two methods people prefer: pictures of both side by side, and votes (the paper's Table 2).

create table studies (
    id              uuid        primary key,
    tenant          text        not null,
    name            text        not null,
    question        text        not null,               -- what raters are asked
    bundle          text        not null,
    shown           text        not null,               -- artefact of both jobs, such as reconstruction.png or edit-0.png
    first_method    text        not null,
    first_tau       double precision,                   -- null: whatever it was
    first_steps     integer,
    second_method   text        not null,
    second_tau      double precision,
    second_steps    integer,
    votes_per_pair  integer     not null,               -- different raters that each pair is shown to
    seed            bigint      not null,               -- of the order of the pairs and of their sides
    created_at      timestamptz not null
);
create index studies_by_tenant on studies (tenant, created_at desc, id desc);
-- Which photographs were inverted in several ways.
create index jobs_by_picture on jobs (tenant, input_sha256) where state = 'SUCCEEDED';

-- One photograph, inverted by both.
create table study_pairs (
    study_id    uuid    not null references studies (id) on delete cascade,
    number      integer not null,                       -- from 1
    first_job   uuid    not null,                       -- may be deleted by now
    second_job  uuid    not null,
    primary key (study_id, number)
);

-- The study keeps its pictures when the jobs are deleted.
create table study_pictures (
    study_id    uuid     not null,
    pair        integer  not null,
    role        text     not null,                      -- PHOTOGRAPH, FIRST or SECOND
    sha256      char(64) not null references blobs (sha256),
    media_type  text     not null,
    primary key (study_id, pair, role),
    foreign key (study_id, pair) references study_pairs (study_id, number) on delete cascade
);
create index study_pictures_by_blob on study_pictures (sha256);

-- At most one vote of a rater on a pair; a later one takes its place.
create table study_votes (
    study_id    uuid        not null,
    pair        integer     not null,
    rater       text        not null,
    chosen      text        not null,                   -- FIRST or SECOND
    side        text        not null,                   -- where it was: LEFT or RIGHT
    created_at  timestamptz not null,
    primary key (study_id, pair, rater),
    foreign key (study_id, pair) references study_pairs (study_id, number) on delete cascade
);
