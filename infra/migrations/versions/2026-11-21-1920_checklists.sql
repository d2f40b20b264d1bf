-- The checklists that companies keep, and their published versions.

CREATE TABLE checklists (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    newest INTEGER DEFAULT '0' NOT NULL,
    draft JSONB,
    draft_at TIMESTAMP WITH TIME ZONE,
    draft_by UUID,
    retired_at TIMESTAMP WITH TIME ZONE,
    from_library TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_checklists PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_checklists_tenant_id_draft_by FOREIGN KEY(tenant_id, draft_by) REFERENCES people (tenant_id, id),
    CONSTRAINT uq_checklists_tenant_id_code UNIQUE (tenant_id, code)
);

CREATE INDEX ix_checklists_name ON checklists (tenant_id, name_sort, id);

CREATE TABLE checklist_versions (
    tenant_id UUID DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid NOT NULL,
    id UUID NOT NULL,
    checklist_id UUID NOT NULL,
    version INTEGER NOT NULL,
    body JSONB NOT NULL,
    published_at TIMESTAMP WITH TIME ZONE NOT NULL,
    published_by UUID,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_checklist_versions PRIMARY KEY (tenant_id, id),
    CONSTRAINT fk_checklist_versions_tenant_id_checklist_id FOREIGN KEY(tenant_id, checklist_id) REFERENCES checklists (tenant_id, id),
    CONSTRAINT fk_checklist_versions_tenant_id_published_by FOREIGN KEY(tenant_id, published_by) REFERENCES people (tenant_id, id),
    CONSTRAINT uq_checklist_versions_tenant_id_checklist_id_version UNIQUE (tenant_id, checklist_id, version)
);

-- What they let through.

alter table checklists enable row level security;
alter table checklists force row level security;
create policy tenant on checklists as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on checklists from public;
grant select, insert, update on checklists to anhuan_app;

alter table checklist_versions enable row level security;
alter table checklist_versions force row level security;
create policy tenant on checklist_versions as permissive for all to anhuan_app using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
revoke all on checklist_versions from public;
grant select, insert on checklist_versions to anhuan_app;
