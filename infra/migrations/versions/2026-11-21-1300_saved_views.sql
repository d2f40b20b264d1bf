-- The table and its indexes.

CREATE TABLE saved_views (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    target TEXT NOT NULL,
    name TEXT NOT NULL,
    body JSONB NOT NULL,
    unit_no INTEGER,
    shared_with INTEGER[] DEFAULT '{}'::int[] NOT NULL,
    rank INTEGER DEFAULT '0' NOT NULL,
    is_default BOOLEAN DEFAULT 'false' NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_saved_views PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_saved_views_tenant_id_person_id FOREIGN KEY(tenant_id, person_id) REFERENCES people (tenant_id, id),
    CONSTRAINT fk_saved_views_tenant_id_unit_no FOREIGN KEY(tenant_id, unit_no) REFERENCES units (tenant_id, no)
);

CREATE INDEX ix_saved_views_person ON saved_views (tenant_id, person_id, target, rank);

CREATE INDEX ix_saved_views_unit ON saved_views (tenant_id, unit_no) WHERE unit_no is not null;

-- What it lets through.

alter table saved_views enable row level security;
alter table saved_views force row level security;
create policy tenant on saved_views as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on saved_views from public;
grant select, insert, update, delete on saved_views to anhuan_app;
create policy scope on saved_views as restrictive for select to anhuan_app using (person_id = (select nullif(current_setting('app.person_id', true), '')::uuid) or (unit_no is not null and ((select current_setting('app.see_case', true) like '%all%') or shared_with && (select nullif(current_setting('app.units_case', true), '')::int[])::int[])));
create policy adding on saved_views as restrictive for insert to anhuan_app with check (person_id = (select nullif(current_setting('app.person_id', true), '')::uuid) or (select nullif(current_setting('app.person_id', true), '')::uuid) is null);
