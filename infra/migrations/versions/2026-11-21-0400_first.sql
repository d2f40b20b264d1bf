-- Tables and indexes.

CREATE TABLE case_numbers (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    series TEXT NOT NULL,
    last INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_case_numbers PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_case_numbers_tenant_id_series UNIQUE (tenant_id, series)
);

CREATE TABLE companies (
    tenant_id UUID NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    industry_code TEXT,
    region_code TEXT,
    zone TEXT DEFAULT 'Asia/Shanghai' NOT NULL,
    language TEXT DEFAULT 'zh' NOT NULL,
    policy_version INTEGER DEFAULT '1' NOT NULL,
    next_unit_no INTEGER DEFAULT '1' NOT NULL,
    settings JSONB DEFAULT '{}'::jsonb NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_companies PRIMARY KEY (tenant_id)
);

CREATE TABLE loop_definitions (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    body JSONB NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE,
    retired_at TIMESTAMP WITH TIME ZONE,
    from_library TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_loop_definitions PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_loop_definitions_tenant_id_code_version UNIQUE (tenant_id, code, version)
);

CREATE TABLE notice_channels (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    settings JSONB NOT NULL,
    secret BYTEA,
    rank INTEGER DEFAULT '10' NOT NULL,
    is_on BOOLEAN DEFAULT 'true' NOT NULL,
    problem TEXT,
    changed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_notice_channels PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_notice_channels_tenant_id_code UNIQUE (tenant_id, code)
);

CREATE TABLE outbox (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    job TEXT NOT NULL,
    arguments JSONB NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE,
    sends INTEGER DEFAULT '0' NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    failed_at TIMESTAMP WITH TIME ZONE,
    tries INTEGER DEFAULT '0' NOT NULL,
    problem TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_outbox PRIMARY KEY (tenant_id, id)
);

CREATE INDEX ix_outbox_done ON outbox (done_at) WHERE done_at is not null;

CREATE INDEX ix_outbox_failed ON outbox (failed_at) WHERE failed_at is not null;

CREATE INDEX ix_outbox_open ON outbox (due_at) WHERE done_at is null and failed_at is null;

CREATE TABLE paid_orders (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    provider TEXT NOT NULL,
    number TEXT NOT NULL,
    amount_fen BIGINT NOT NULL,
    lines JSONB NOT NULL,
    redeemed_by UUID,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_paid_orders PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_paid_orders_tenant_id_provider_number UNIQUE (tenant_id, provider, number)
);

CREATE TABLE parties (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    credit_code TEXT,
    unit_no INTEGER NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_parties PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_parties_tenant_id_code UNIQUE (tenant_id, code)
);

CREATE TABLE posts (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    duty TEXT NOT NULL,
    roles TEXT[] NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_posts PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_posts_tenant_id_code UNIQUE (tenant_id, code)
);

CREATE TABLE record_entries (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
    actor_id UUID,
    actor_kind TEXT NOT NULL,
    act TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    case_id UUID,
    unit_no INTEGER,
    source JSONB NOT NULL,
    body JSONB NOT NULL,
    personal JSONB,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_record_entries PRIMARY KEY (tenant_id, id)
);

CREATE INDEX ix_record_entries_at ON record_entries (tenant_id, at, id);

CREATE INDEX ix_record_entries_case ON record_entries (tenant_id, case_id, at);

CREATE INDEX ix_record_entries_subject ON record_entries (tenant_id, subject_id, at);

CREATE TABLE record_heads (
    tenant_id UUID NOT NULL,
    size BIGINT NOT NULL,
    chain_hash BYTEA NOT NULL,
    signed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    key_id TEXT NOT NULL,
    signature BYTEA NOT NULL,
    CONSTRAINT pk_record_heads PRIMARY KEY (tenant_id, size)
);

CREATE TABLE requests (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    fingerprint BYTEA NOT NULL,
    person_id UUID,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_requests PRIMARY KEY (tenant_id, id)
);

CREATE TABLE roles (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    code TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    permissions JSONB NOT NULL,
    is_shipped BOOLEAN DEFAULT 'false' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_roles PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_roles_tenant_id_code UNIQUE (tenant_id, code)
);

CREATE TABLE sign_in_names (
    name_key TEXT NOT NULL,
    leads_to UUID NOT NULL,
    person_id UUID DEFAULT '00000000-0000-0000-0000-000000000000'::uuid NOT NULL,
    kind TEXT NOT NULL,
    CONSTRAINT pk_sign_in_names PRIMARY KEY (name_key, leads_to, person_id)
);

CREATE UNIQUE INDEX ux_sign_in_names_company ON sign_in_names (name_key) WHERE kind = 'company';

CREATE TABLE subscriptions (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    module TEXT NOT NULL,
    is_trial BOOLEAN NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    grace_ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    cancelled_at TIMESTAMP WITH TIME ZONE,
    seats INTEGER,
    "order" JSONB,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_subscriptions PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_subscriptions_tenant_id_module UNIQUE (tenant_id, module)
);

CREATE TABLE units (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    no INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    kind TEXT NOT NULL,
    function TEXT DEFAULT 'none' NOT NULL,
    parent_id UUID,
    path LTREE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_units PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_units_tenant_id_parent_id FOREIGN KEY(tenant_id, parent_id) REFERENCES units (tenant_id, id),
    CONSTRAINT uq_units_tenant_id_no UNIQUE (tenant_id, no),
    CONSTRAINT uq_units_tenant_id_code UNIQUE (tenant_id, code)
);

CREATE INDEX ix_units_path ON units USING gist (path);

CREATE TABLE work_calendars (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    unit_no INTEGER,
    name TEXT NOT NULL,
    zone TEXT NOT NULL,
    shifts JSONB NOT NULL,
    exceptions JSONB NOT NULL,
    uses_public_holidays BOOLEAN DEFAULT 'true' NOT NULL,
    changed_by UUID,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_work_calendars PRIMARY KEY (tenant_id, id),
    CONSTRAINT uq_work_calendars_tenant_id_unit_no UNIQUE NULLS NOT DISTINCT (tenant_id, unit_no)
);

CREATE TABLE areas (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    unit_no INTEGER NOT NULL,
    risk TEXT DEFAULT 'low' NOT NULL,
    label TEXT NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    radius_m INTEGER,
    closed_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_areas PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_areas_tenant_id_unit_no FOREIGN KEY(tenant_id, unit_no) REFERENCES units (tenant_id, no),
    CONSTRAINT uq_areas_tenant_id_code UNIQUE (tenant_id, code),
    CONSTRAINT uq_areas_tenant_id_label UNIQUE (tenant_id, label)
);

CREATE INDEX ix_areas_unit ON areas (tenant_id, unit_no);

CREATE TABLE cases (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    definition_id UUID NOT NULL,
    title TEXT NOT NULL,
    status TEXT DEFAULT 'open' NOT NULL,
    stage TEXT NOT NULL,
    unit_no INTEGER NOT NULL,
    owner_id UUID,
    party_id UUID,
    people UUID[] DEFAULT '{}'::uuid[] NOT NULL,
    grade TEXT,
    level INTEGER DEFAULT '0' NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    due_rule TEXT,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    facts JSONB DEFAULT '{}'::jsonb NOT NULL,
    round INTEGER DEFAULT '1' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_cases PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_cases_tenant_id_definition_id FOREIGN KEY(tenant_id, definition_id) REFERENCES loop_definitions (tenant_id, id),
    CONSTRAINT fk_cases_tenant_id_unit_no FOREIGN KEY(tenant_id, unit_no) REFERENCES units (tenant_id, no),
    CONSTRAINT uq_cases_tenant_id_number UNIQUE (tenant_id, number)
);

CREATE INDEX ix_cases_board ON cases (tenant_id, status, due_at, id) INCLUDE (unit_no);

CREATE INDEX ix_cases_owner ON cases (tenant_id, owner_id);

CREATE INDEX ix_cases_people ON cases USING gin (people);

CREATE TABLE people (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    home_unit_no INTEGER NOT NULL,
    party_id UUID,
    language TEXT DEFAULT 'zh' NOT NULL,
    joined_on DATE,
    disabled_at TIMESTAMP WITH TIME ZONE,
    version INTEGER DEFAULT '1' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_people PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_people_tenant_id_party_id FOREIGN KEY(tenant_id, party_id) REFERENCES parties (tenant_id, id),
    CONSTRAINT uq_people_tenant_id_account UNIQUE (tenant_id, account)
);

CREATE INDEX ix_people_home ON people (tenant_id, home_unit_no, name_sort);

CREATE TABLE record_pending (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_record_pending PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_record_pending_tenant_id_id FOREIGN KEY(tenant_id, id) REFERENCES record_entries (tenant_id, id)
);

CREATE TABLE record_personal (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    entry_id UUID NOT NULL,
    field TEXT NOT NULL,
    salt TEXT NOT NULL,
    value TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_record_personal PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_record_personal_tenant_id_entry_id FOREIGN KEY(tenant_id, entry_id) REFERENCES record_entries (tenant_id, id),
    CONSTRAINT uq_record_personal_tenant_id_entry_id_field UNIQUE (tenant_id, entry_id, field)
);

CREATE TABLE record_seals (
    tenant_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    entry_id UUID NOT NULL,
    entry_hash BYTEA NOT NULL,
    chain_hash BYTEA NOT NULL,
    sealed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_record_seals PRIMARY KEY (tenant_id, seq),
    CONSTRAINT fk_record_seals_tenant_id_entry_id FOREIGN KEY(tenant_id, entry_id) REFERENCES record_entries (tenant_id, id),
    CONSTRAINT uq_record_seals_tenant_id_entry_id UNIQUE (tenant_id, entry_id)
);

CREATE TABLE unit_moves (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    unit_id UUID NOT NULL,
    path_before LTREE NOT NULL,
    path_after LTREE NOT NULL,
    moved_by UUID,
    moved_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_unit_moves PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_unit_moves_tenant_id_unit_id FOREIGN KEY(tenant_id, unit_id) REFERENCES units (tenant_id, id)
);

CREATE TABLE absences (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    deputy_id UUID NOT NULL,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    reason TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_absences PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_absences_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id),
    CONSTRAINT fk_absences_tenant_id_deputy_id FOREIGN KEY(tenant_id, deputy_id) REFERENCES people (tenant_id, id)
);

CREATE INDEX ix_absences_person ON absences (tenant_id, person_id, ends_at);

CREATE TABLE assets (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit_no INTEGER NOT NULL,
    area_id UUID,
    label TEXT NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_assets PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_assets_tenant_id_unit_no FOREIGN KEY(tenant_id, unit_no) REFERENCES units (tenant_id, no),
    CONSTRAINT fk_assets_tenant_id_area_id FOREIGN KEY(tenant_id, area_id) REFERENCES areas (tenant_id, id),
    CONSTRAINT uq_assets_tenant_id_code UNIQUE (tenant_id, code),
    CONSTRAINT uq_assets_tenant_id_label UNIQUE (tenant_id, label)
);

CREATE TABLE case_people (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    person_id UUID NOT NULL,
    part TEXT NOT NULL,
    left_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_case_people PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_case_people_tenant_id_case_id FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id),
    CONSTRAINT fk_case_people_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id),
    CONSTRAINT uq_case_people_tenant_id_case_id_person_id_part UNIQUE (tenant_id, case_id, person_id, part)
);

CREATE TABLE comments (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    author_id UUID NOT NULL,
    body TEXT NOT NULL,
    mentions UUID[] DEFAULT '{}'::uuid[] NOT NULL,
    evidence UUID[] DEFAULT '{}'::uuid[] NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_comments PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_comments_tenant_id_case_id FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id)
);

CREATE INDEX ix_comments_case ON comments (tenant_id, case_id, id);

CREATE TABLE contacts (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    unit_no INTEGER NOT NULL,
    phone TEXT,
    email TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_contacts PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_contacts_tenant_id_id FOREIGN KEY(tenant_id, id) REFERENCES people (tenant_id, id)
);

CREATE TABLE credentials (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    password_hash TEXT,
    earlier_hashes TEXT[] DEFAULT '{}'::text[] NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE,
    must_change BOOLEAN DEFAULT 'false' NOT NULL,
    failures INTEGER DEFAULT '0' NOT NULL,
    failed_at TIMESTAMP WITH TIME ZONE,
    locked_until TIMESTAMP WITH TIME ZONE,
    activation_hash BYTEA,
    activation_until TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_credentials PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_credentials_tenant_id_id FOREIGN KEY(tenant_id, id) REFERENCES people (tenant_id, id)
);

CREATE TABLE evidence (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    case_id UUID,
    task_id UUID,
    purpose TEXT,
    uploaded_by UUID,
    status TEXT DEFAULT 'requested' NOT NULL,
    refusal TEXT,
    name TEXT NOT NULL,
    declared_type TEXT NOT NULL,
    media_type TEXT,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    object_key TEXT NOT NULL,
    version_id TEXT,
    view_version TEXT,
    thumbnail_version TEXT,
    width INTEGER,
    height INTEGER,
    phash BIGINT,
    dhash BIGINT,
    pixel_digest TEXT,
    taken_at TIMESTAMP WITH TIME ZONE,
    exif JSONB,
    flags JSONB DEFAULT '[]'::jsonb NOT NULL,
    confirmed_at TIMESTAMP WITH TIME ZONE,
    locked_until TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_evidence PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_evidence_tenant_id_case_id FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id)
);

CREATE INDEX ix_evidence_case ON evidence (tenant_id, case_id);

CREATE INDEX ix_evidence_prints ON evidence (tenant_id, confirmed_at, id) INCLUDE (phash, dhash) WHERE phash is not null;

CREATE INDEX ix_evidence_sha256 ON evidence (tenant_id, sha256);

CREATE TABLE grants (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    role_code TEXT NOT NULL,
    unit_no INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_grants PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_grants_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id),
    CONSTRAINT fk_grants_tenant_id_unit_no FOREIGN KEY(tenant_id, unit_no) REFERENCES units (tenant_id, no),
    CONSTRAINT uq_grants_tenant_id_person_id_role_code_unit_no UNIQUE (tenant_id, person_id, role_code, unit_no)
);

CREATE TABLE holdings (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    post_id UUID NOT NULL,
    unit_no INTEGER NOT NULL,
    is_primary BOOLEAN DEFAULT 'false' NOT NULL,
    until TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_holdings PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_holdings_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id),
    CONSTRAINT fk_holdings_tenant_id_post_id FOREIGN KEY(tenant_id, post_id) REFERENCES posts (tenant_id, id),
    CONSTRAINT fk_holdings_tenant_id_unit_no FOREIGN KEY(tenant_id, unit_no) REFERENCES units (tenant_id, no),
    CONSTRAINT uq_holdings_tenant_id_person_id_post_id_unit_no UNIQUE (tenant_id, person_id, post_id, unit_no)
);

CREATE INDEX ix_holdings_unit ON holdings (tenant_id, unit_no);

CREATE TABLE notice_preferences (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    channels TEXT[] DEFAULT '{}'::text[] NOT NULL,
    addresses JSONB DEFAULT '{}'::jsonb NOT NULL,
    quiet_from TEXT,
    quiet_to TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_notice_preferences PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_notice_preferences_tenant_id_id FOREIGN KEY(tenant_id, id) REFERENCES people (tenant_id, id)
);

CREATE TABLE notices (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    kind TEXT NOT NULL,
    facts JSONB NOT NULL,
    case_id UUID,
    unit_no INTEGER,
    is_urgent BOOLEAN DEFAULT 'false' NOT NULL,
    key TEXT NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE,
    reach TEXT DEFAULT 'app' NOT NULL,
    rounds INTEGER DEFAULT '0' NOT NULL,
    next_at TIMESTAMP WITH TIME ZONE,
    delivered_by TEXT,
    undelivered_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_notices PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_notices_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id),
    CONSTRAINT fk_notices_tenant_id_case_id FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id),
    CONSTRAINT uq_notices_tenant_id_person_id_key UNIQUE (tenant_id, person_id, key)
);

CREATE INDEX ix_notices_key ON notices (tenant_id, key);

CREATE INDEX ix_notices_person ON notices (tenant_id, person_id, id);

CREATE INDEX ix_notices_undelivered ON notices (tenant_id, id) WHERE undelivered_at is not null and read_at is null;

CREATE INDEX ix_notices_unread ON notices (tenant_id, person_id, id) WHERE read_at is null;

CREATE TABLE sign_ins (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    refresh_hash BYTEA NOT NULL,
    previous_hash BYTEA,
    rotated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_why TEXT,
    source JSONB NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_sign_ins PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_sign_ins_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id)
);

CREATE INDEX ix_sign_ins_person ON sign_ins (tenant_id, person_id);

CREATE TABLE stop_orders (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    unit_no INTEGER NOT NULL,
    area_id UUID,
    asset_id UUID,
    reason TEXT NOT NULL,
    cause TEXT NOT NULL,
    issued_by UUID,
    issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
    lifted_by UUID,
    lifted_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_stop_orders PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_stop_orders_tenant_id_case_id FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id)
);

CREATE INDEX ix_stop_orders_open ON stop_orders (tenant_id, unit_no) WHERE lifted_at is null;

CREATE TABLE tasks (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    step TEXT NOT NULL,
    round INTEGER NOT NULL,
    status TEXT DEFAULT 'open' NOT NULL,
    mode TEXT NOT NULL,
    need INTEGER NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    due_rule TEXT,
    due_provisional BOOLEAN DEFAULT 'false' NOT NULL,
    generation INTEGER DEFAULT '1' NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    done_by UUID,
    outcome TEXT,
    answers JSONB,
    note TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_tasks PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_tasks_tenant_id_case_id FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id),
    CONSTRAINT uq_tasks_tenant_id_case_id_step_round UNIQUE (tenant_id, case_id, step, round)
);

CREATE INDEX ix_tasks_open ON tasks (tenant_id, due_at) WHERE status = 'open';

CREATE TABLE deadlines (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    task_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    rung INTEGER NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    effect JSONB NOT NULL,
    fired_at TIMESTAMP WITH TIME ZONE,
    cancelled_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_deadlines PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_deadlines_tenant_id_case_id FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id),
    CONSTRAINT fk_deadlines_tenant_id_task_id FOREIGN KEY(tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT uq_deadlines_tenant_id_task_id_generation_rung UNIQUE (tenant_id, task_id, generation, rung)
);

CREATE INDEX ix_deadlines_open ON deadlines (due_at) WHERE fired_at is null and cancelled_at is null;

CREATE TABLE escalations (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    task_id UUID NOT NULL,
    generation INTEGER NOT NULL,
    rung INTEGER NOT NULL,
    effect JSONB NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    fired_at TIMESTAMP WITH TIME ZONE NOT NULL,
    effected_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_escalations PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_escalations_tenant_id_case_id FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id),
    CONSTRAINT fk_escalations_tenant_id_task_id FOREIGN KEY(tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT uq_escalations_tenant_id_task_id_generation_rung UNIQUE (tenant_id, task_id, generation, rung)
);

CREATE TABLE hazards (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    description TEXT NOT NULL,
    type_code TEXT NOT NULL,
    suggested_type JSONB,
    area_id UUID,
    asset_id UUID,
    place_note TEXT,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    accuracy_m DOUBLE PRECISION,
    seen_at TIMESTAMP WITH TIME ZONE,
    is_anonymous BOOLEAN DEFAULT 'false' NOT NULL,
    grade TEXT,
    graded_by UUID,
    graded_at TIMESTAMP WITH TIME ZONE,
    is_statutory_major BOOLEAN DEFAULT 'false' NOT NULL,
    statutory_clause JSONB,
    responsible_unit_no INTEGER,
    responsible_id UUID,
    responsible_party_id UUID,
    recurrence_of UUID,
    recurrence_count INTEGER DEFAULT '0' NOT NULL,
    "similar" JSONB DEFAULT '[]'::jsonb NOT NULL,
    test_result JSONB,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_hazards PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_hazards_tenant_id_id FOREIGN KEY(tenant_id, id) REFERENCES cases (tenant_id, id),
    CONSTRAINT fk_hazards_tenant_id_area_id FOREIGN KEY(tenant_id, area_id) REFERENCES areas (tenant_id, id),
    CONSTRAINT fk_hazards_tenant_id_asset_id FOREIGN KEY(tenant_id, asset_id) REFERENCES assets (tenant_id, id),
    CONSTRAINT fk_hazards_tenant_id_recurrence_of FOREIGN KEY(tenant_id, recurrence_of) REFERENCES hazards (tenant_id, id)
);

CREATE INDEX ix_hazards_area ON hazards (tenant_id, area_id, type_code);

CREATE INDEX ix_hazards_asset ON hazards (tenant_id, asset_id, type_code);

CREATE INDEX ix_hazards_text ON hazards USING gin (description gin_trgm_ops);

CREATE TABLE notice_attempts (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    notice_id UUID NOT NULL,
    person_id UUID NOT NULL,
    channel TEXT NOT NULL,
    no INTEGER NOT NULL,
    round INTEGER NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    provider_id TEXT,
    detail TEXT,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_notice_attempts PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_notice_attempts_tenant_id_notice_id FOREIGN KEY(tenant_id, notice_id) REFERENCES notices (tenant_id, id),
    CONSTRAINT uq_notice_attempts_tenant_id_notice_id_channel_no UNIQUE (tenant_id, notice_id, channel, no)
);

CREATE TABLE seats (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    task_id UUID NOT NULL,
    no INTEGER NOT NULL,
    who JSONB NOT NULL,
    status TEXT NOT NULL,
    candidates UUID[] NOT NULL,
    decided_by UUID,
    decided_at TIMESTAMP WITH TIME ZONE,
    comment TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_seats PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_seats_tenant_id_case_id FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id),
    CONSTRAINT fk_seats_tenant_id_task_id FOREIGN KEY(tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT uq_seats_tenant_id_task_id_no UNIQUE (tenant_id, task_id, no)
);

CREATE INDEX ix_seats_candidates ON seats USING gin (candidates) WHERE status = 'open';

CREATE TABLE handovers (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    seat_id UUID NOT NULL,
    from_person_id UUID NOT NULL,
    to_person_id UUID NOT NULL,
    reason TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_handovers PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_handovers_tenant_id_case_id FOREIGN KEY(tenant_id, case_id) REFERENCES cases (tenant_id, id),
    CONSTRAINT fk_handovers_tenant_id_seat_id FOREIGN KEY(tenant_id, seat_id) REFERENCES seats (tenant_id, id)
);

CREATE TABLE hazard_progress (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    hazard_id UUID NOT NULL,
    author_id UUID NOT NULL,
    note TEXT NOT NULL,
    percent INTEGER,
    evidence UUID[] DEFAULT '{}'::uuid[] NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_hazard_progress PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_hazard_progress_tenant_id_hazard_id FOREIGN KEY(tenant_id, hazard_id) REFERENCES hazards (tenant_id, id)
);

CREATE INDEX ix_hazard_progress_hazard ON hazard_progress (tenant_id, hazard_id, id);

-- What each table lets through.

alter table case_numbers enable row level security;
alter table case_numbers force row level security;
create policy tenant on case_numbers as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on case_numbers from public;
grant select, insert, update on case_numbers to anhuan_app;
alter table companies enable row level security;
alter table companies force row level security;
create policy tenant on companies as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on companies from public;
grant select, insert, update on companies to anhuan_app;
create policy clock on companies as permissive for all to anhuan_clock using ((select true)) with check ((select true));
grant select on companies to anhuan_clock;
alter table loop_definitions enable row level security;
alter table loop_definitions force row level security;
create policy tenant on loop_definitions as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on loop_definitions from public;
grant select, insert, update on loop_definitions to anhuan_app;
alter table notice_channels enable row level security;
alter table notice_channels force row level security;
create policy tenant on notice_channels as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on notice_channels from public;
grant select, insert, update, delete on notice_channels to anhuan_app;
alter table outbox enable row level security;
alter table outbox force row level security;
create policy tenant on outbox as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on outbox from public;
grant select, insert, update, delete on outbox to anhuan_app;
create policy clock on outbox as permissive for all to anhuan_clock using ((select true)) with check ((select true));
grant select, update, delete, insert on outbox to anhuan_clock;
alter table paid_orders enable row level security;
alter table paid_orders force row level security;
create policy tenant on paid_orders as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on paid_orders from public;
grant select, insert on paid_orders to anhuan_app;
alter table parties enable row level security;
alter table parties force row level security;
create policy tenant on parties as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on parties from public;
grant select, insert, update on parties to anhuan_app;
create policy scope on parties as restrictive for select to anhuan_app using ((select current_setting('app.see_party', true) like '%all%') or unit_no = any ((select nullif(current_setting('app.units_party', true), '')::int[])::int[]) or id = any ((select nullif(current_setting('app.parties_party', true), '')::uuid[])::uuid[]));
alter table posts enable row level security;
alter table posts force row level security;
create policy tenant on posts as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on posts from public;
grant select, insert, update, delete on posts to anhuan_app;
alter table record_entries enable row level security;
alter table record_entries force row level security;
create policy tenant on record_entries as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on record_entries from public;
grant select, insert on record_entries to anhuan_app;
create policy scope on record_entries as restrictive for select to anhuan_app using ((select current_setting('app.see_record', true) like '%all%') or unit_no = any ((select nullif(current_setting('app.units_record', true), '')::int[])::int[]) or (case_id is not null and exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = record_entries.case_id)));
create policy clock on record_entries as permissive for all to anhuan_clock using ((select true)) with check ((select true));
grant select on record_entries to anhuan_clock;
alter table record_heads enable row level security;
alter table record_heads force row level security;
create policy tenant on record_heads as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on record_heads from public;
grant select on record_heads to anhuan_app;
create policy clock on record_heads as permissive for all to anhuan_clock using ((select true)) with check ((select true));
grant select, insert on record_heads to anhuan_clock;
alter table requests enable row level security;
alter table requests force row level security;
create policy tenant on requests as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on requests from public;
grant select, insert on requests to anhuan_app;
alter table roles enable row level security;
alter table roles force row level security;
create policy tenant on roles as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on roles from public;
grant select, insert, update, delete on roles to anhuan_app;
alter table sign_in_names enable row level security;
alter table sign_in_names force row level security;
create policy tenant on sign_in_names as permissive for all to anhuan_app using (name_key = (select nullif(current_setting('app.lookup', true), ''))) with check (name_key = (select nullif(current_setting('app.lookup', true), '')));
revoke all on sign_in_names from public;
grant select, insert, delete on sign_in_names to anhuan_app;
alter table subscriptions enable row level security;
alter table subscriptions force row level security;
create policy tenant on subscriptions as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on subscriptions from public;
grant select, insert, update on subscriptions to anhuan_app;
alter table units enable row level security;
alter table units force row level security;
create policy tenant on units as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on units from public;
grant select, insert, update on units to anhuan_app;
create policy scope on units as restrictive for select to anhuan_app using ((select current_setting('app.see_unit', true) like '%all%') or no = any ((select nullif(current_setting('app.units_unit', true), '')::int[])::int[]));
alter table work_calendars enable row level security;
alter table work_calendars force row level security;
create policy tenant on work_calendars as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on work_calendars from public;
grant select, insert, update, delete on work_calendars to anhuan_app;
alter table areas enable row level security;
alter table areas force row level security;
create policy tenant on areas as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on areas from public;
grant select, insert, update on areas to anhuan_app;
create policy scope on areas as restrictive for select to anhuan_app using ((select current_setting('app.see_unit', true) like '%all%') or unit_no = any ((select nullif(current_setting('app.units_unit', true), '')::int[])::int[]));
alter table cases enable row level security;
alter table cases force row level security;
create policy tenant on cases as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on cases from public;
grant select, insert, update on cases to anhuan_app;
create policy scope on cases as restrictive for select to anhuan_app using ((select current_setting('app.see_case', true) like '%all%') or unit_no = any ((select nullif(current_setting('app.units_case', true), '')::int[])::int[]) or ((select (select current_setting('app.see_case', true)) like '%own%') and owner_id = (select nullif(current_setting('app.person_id', true), '')::uuid)) or party_id = any ((select nullif(current_setting('app.parties_case', true), '')::uuid[])::uuid[]) or ((select (select current_setting('app.see_case', true)) like '%assigned%') and (select nullif(current_setting('app.person_id', true), '')::uuid) = any (people)));
alter table people enable row level security;
alter table people force row level security;
create policy tenant on people as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on people from public;
grant select, insert, update on people to anhuan_app;
create policy scope on people as restrictive for select to anhuan_app using ((select current_setting('app.see_unit', true) like '%all%') or home_unit_no = any ((select nullif(current_setting('app.units_unit', true), '')::int[])::int[]) or ((select (select current_setting('app.see_unit', true)) like '%own%') and id = (select nullif(current_setting('app.person_id', true), '')::uuid)) or party_id = any ((select nullif(current_setting('app.parties_unit', true), '')::uuid[])::uuid[]));
alter table record_pending enable row level security;
alter table record_pending force row level security;
create policy tenant on record_pending as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on record_pending from public;
grant select, insert on record_pending to anhuan_app;
create policy clock on record_pending as permissive for all to anhuan_clock using ((select true)) with check ((select true));
grant select, delete on record_pending to anhuan_clock;
alter table record_personal enable row level security;
alter table record_personal force row level security;
create policy tenant on record_personal as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on record_personal from public;
grant select, insert, delete on record_personal to anhuan_app;
create policy scope on record_personal as restrictive for select to anhuan_app using (exists (select 1 from record_entries p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = record_personal.entry_id));
alter table record_seals enable row level security;
alter table record_seals force row level security;
create policy tenant on record_seals as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on record_seals from public;
grant select on record_seals to anhuan_app;
create policy clock on record_seals as permissive for all to anhuan_clock using ((select true)) with check ((select true));
grant select, insert on record_seals to anhuan_clock;
alter table unit_moves enable row level security;
alter table unit_moves force row level security;
create policy tenant on unit_moves as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on unit_moves from public;
grant select, insert on unit_moves to anhuan_app;
alter table absences enable row level security;
alter table absences force row level security;
create policy tenant on absences as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on absences from public;
grant select, insert, update, delete on absences to anhuan_app;
alter table assets enable row level security;
alter table assets force row level security;
create policy tenant on assets as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on assets from public;
grant select, insert, update on assets to anhuan_app;
create policy scope on assets as restrictive for select to anhuan_app using ((select current_setting('app.see_unit', true) like '%all%') or unit_no = any ((select nullif(current_setting('app.units_unit', true), '')::int[])::int[]));
alter table case_people enable row level security;
alter table case_people force row level security;
create policy tenant on case_people as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on case_people from public;
grant select, insert, update, delete on case_people to anhuan_app;
create policy scope on case_people as restrictive for select to anhuan_app using (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = case_people.case_id));
create policy adding on case_people as restrictive for insert to anhuan_app with check (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = case_people.case_id));
alter table comments enable row level security;
alter table comments force row level security;
create policy tenant on comments as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on comments from public;
grant select, insert on comments to anhuan_app;
create policy scope on comments as restrictive for select to anhuan_app using (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = comments.case_id));
create policy adding on comments as restrictive for insert to anhuan_app with check (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = comments.case_id));
alter table contacts enable row level security;
alter table contacts force row level security;
create policy tenant on contacts as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on contacts from public;
grant select, insert, update, delete on contacts to anhuan_app;
create policy scope on contacts as restrictive for select to anhuan_app using ((select current_setting('app.see_person', true) like '%all%') or unit_no = any ((select nullif(current_setting('app.units_person', true), '')::int[])::int[]) or ((select (select current_setting('app.see_person', true)) like '%own%') and id = (select nullif(current_setting('app.person_id', true), '')::uuid)));
alter table credentials enable row level security;
alter table credentials force row level security;
create policy tenant on credentials as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on credentials from public;
grant select, insert, update, delete on credentials to anhuan_app;
alter table evidence enable row level security;
alter table evidence force row level security;
create policy tenant on evidence as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on evidence from public;
grant select, insert, update on evidence to anhuan_app;
create policy scope on evidence as restrictive for select to anhuan_app using (uploaded_by = (select nullif(current_setting('app.person_id', true), '')::uuid) or (select current_setting('app.see_case', true) like '%all%') or (case_id is not null and exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = evidence.case_id)));
create policy adding on evidence as restrictive for insert to anhuan_app with check ((uploaded_by = (select nullif(current_setting('app.person_id', true), '')::uuid) or (select current_setting('app.see_case', true) like '%all%')) and (case_id is null or exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = evidence.case_id)));
alter table grants enable row level security;
alter table grants force row level security;
create policy tenant on grants as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on grants from public;
grant select, insert, update, delete on grants to anhuan_app;
alter table holdings enable row level security;
alter table holdings force row level security;
create policy tenant on holdings as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on holdings from public;
grant select, insert, update, delete on holdings to anhuan_app;
create policy scope on holdings as restrictive for select to anhuan_app using ((select current_setting('app.see_unit', true) like '%all%') or unit_no = any ((select nullif(current_setting('app.units_unit', true), '')::int[])::int[]) or ((select (select current_setting('app.see_unit', true)) like '%own%') and person_id = (select nullif(current_setting('app.person_id', true), '')::uuid)));
alter table notice_preferences enable row level security;
alter table notice_preferences force row level security;
create policy tenant on notice_preferences as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on notice_preferences from public;
grant select, insert, update, delete on notice_preferences to anhuan_app;
create policy scope on notice_preferences as restrictive for select to anhuan_app using (id = (select nullif(current_setting('app.person_id', true), '')::uuid) or (select current_setting('app.see_case', true) like '%all%'));
alter table notices enable row level security;
alter table notices force row level security;
create policy tenant on notices as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on notices from public;
grant select, insert, update on notices to anhuan_app;
create policy scope on notices as restrictive for select to anhuan_app using (person_id = (select nullif(current_setting('app.person_id', true), '')::uuid) or (select current_setting('app.see_case', true) like '%all%') or unit_no = any ((select nullif(current_setting('app.units_case', true), '')::int[])::int[]));
alter table sign_ins enable row level security;
alter table sign_ins force row level security;
create policy tenant on sign_ins as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on sign_ins from public;
grant select, insert, update on sign_ins to anhuan_app;
alter table stop_orders enable row level security;
alter table stop_orders force row level security;
create policy tenant on stop_orders as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on stop_orders from public;
grant select, insert, update on stop_orders to anhuan_app;
create policy scope on stop_orders as restrictive for select to anhuan_app using ((select current_setting('app.see_unit', true) like '%all%') or unit_no = any ((select nullif(current_setting('app.units_unit', true), '')::int[])::int[]) or exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = stop_orders.case_id));
create policy adding on stop_orders as restrictive for insert to anhuan_app with check (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = stop_orders.case_id));
alter table tasks enable row level security;
alter table tasks force row level security;
create policy tenant on tasks as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on tasks from public;
grant select, insert, update on tasks to anhuan_app;
create policy scope on tasks as restrictive for select to anhuan_app using (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = tasks.case_id));
create policy adding on tasks as restrictive for insert to anhuan_app with check (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = tasks.case_id));
alter table deadlines enable row level security;
alter table deadlines force row level security;
create policy tenant on deadlines as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on deadlines from public;
grant select, insert, update on deadlines to anhuan_app;
create policy scope on deadlines as restrictive for select to anhuan_app using (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = deadlines.case_id));
create policy adding on deadlines as restrictive for insert to anhuan_app with check (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = deadlines.case_id));
create policy clock on deadlines as permissive for all to anhuan_clock using ((select true)) with check ((select true));
grant select, update on deadlines to anhuan_clock;
alter table escalations enable row level security;
alter table escalations force row level security;
create policy tenant on escalations as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on escalations from public;
grant select, update on escalations to anhuan_app;
create policy scope on escalations as restrictive for select to anhuan_app using (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = escalations.case_id));
create policy clock on escalations as permissive for all to anhuan_clock using ((select true)) with check ((select true));
grant select, insert on escalations to anhuan_clock;
alter table hazards enable row level security;
alter table hazards force row level security;
create policy tenant on hazards as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on hazards from public;
grant select, insert, update on hazards to anhuan_app;
create policy scope on hazards as restrictive for select to anhuan_app using (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = hazards.id));
create policy adding on hazards as restrictive for insert to anhuan_app with check (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = hazards.id));
alter table notice_attempts enable row level security;
alter table notice_attempts force row level security;
create policy tenant on notice_attempts as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on notice_attempts from public;
grant select, insert, update on notice_attempts to anhuan_app;
create policy scope on notice_attempts as restrictive for select to anhuan_app using (exists (select 1 from notices p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = notice_attempts.notice_id));
create policy adding on notice_attempts as restrictive for insert to anhuan_app with check (exists (select 1 from notices p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = notice_attempts.notice_id));
alter table seats enable row level security;
alter table seats force row level security;
create policy tenant on seats as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on seats from public;
grant select, insert, update on seats to anhuan_app;
create policy scope on seats as restrictive for select to anhuan_app using (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = seats.case_id));
create policy adding on seats as restrictive for insert to anhuan_app with check (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = seats.case_id));
alter table handovers enable row level security;
alter table handovers force row level security;
create policy tenant on handovers as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on handovers from public;
grant select, insert on handovers to anhuan_app;
create policy scope on handovers as restrictive for select to anhuan_app using (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = handovers.case_id));
create policy adding on handovers as restrictive for insert to anhuan_app with check (exists (select 1 from cases p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = handovers.case_id));
alter table hazard_progress enable row level security;
alter table hazard_progress force row level security;
create policy tenant on hazard_progress as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on hazard_progress from public;
grant select, insert on hazard_progress to anhuan_app;
create policy scope on hazard_progress as restrictive for select to anhuan_app using (exists (select 1 from hazards p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = hazard_progress.hazard_id));
create policy adding on hazard_progress as restrictive for insert to anhuan_app with check (exists (select 1 from hazards p where p.tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid) and p.id = hazard_progress.hazard_id));
