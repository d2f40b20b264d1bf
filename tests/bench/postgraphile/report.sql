-- What PostGraphile calls for a report: the rows that ours writes for one, under the same policies, in one function. It weighs nothing:
-- no policy, no loop definition, no working time, nobody similar, no number refused twice. That is its advantage and is said beside the figure.
create schema if not exists bench;
create or replace function bench.report(id uuid, type_code text, description text) returns cases language plpgsql volatile as $$
declare
    me uuid := nullif(current_setting('app.person_id', true), '')::uuid;
    tenant uuid := nullif(current_setting('app.tenant_id', true), '')::uuid;
    home int;
    checker uuid;
    definition uuid;
    no int;
    made cases;
    task uuid := uuidv7();
    entry uuid;
begin
    insert into requests (tenant_id, id, kind, fingerprint, person_id) values (tenant, report.id, 'hazard', sha256(report.id::text::bytea), me);
    select home_unit_no into home from people p where p.tenant_id = tenant and p.id = me;
    select p.id into checker from people p where p.tenant_id = tenant order by p.name_sort limit 1;
    select d.id into definition from loop_definitions d where d.tenant_id = tenant and d.code = 'hazard' order by d.version desc limit 1;
    update case_numbers c set last = c.last + 1 where c.tenant_id = tenant and c.series = 'HZ-2026' returning c.last into no;
    insert into cases (tenant_id, id, number, kind, definition_id, title, stage, unit_no, owner_id, people, due_at, due_rule, opened_at, facts)
    values (tenant, report.id, 'HZ-2026-' || lpad(no::text, 6, '0'), 'hazard', definition, report.description, 'grading', home, me, array[me, checker],
        now() + interval '1 hour', 'grading', now(), jsonb_build_object('type', report.type_code))
    returning * into made;
    insert into hazards (tenant_id, id, description, type_code) values (tenant, report.id, report.description, report.type_code);
    insert into case_people (tenant_id, id, case_id, person_id, part)
    select tenant, uuidv7(), report.id, p.person, p.part from (values (me, 'reporter'), (checker, 'owner'), (checker, 'informed')) p (person, part);
    insert into tasks (tenant_id, id, case_id, step, round, mode, need, opened_at, due_at, due_rule)
    values (tenant, task, report.id, 'grade', 1, 'parallel', 1, now(), now() + interval '1 hour', 'grading');
    insert into seats (tenant_id, id, case_id, task_id, no, who, status, candidates)
    values (tenant, uuidv7(), report.id, task, 1, '{"by": "duty", "duty": "safety_officer"}', 'open', array[checker]);
    insert into deadlines (tenant_id, id, case_id, task_id, generation, rung, due_at, effect)
    select tenant, uuidv7(), report.id, task, 1, n, now() + n * interval '30 minutes',
        '{"side": "after", "tell": [{"by": "duty", "duty": "safety_officer", "tier": "branch"}]}'
    from generate_series(1, 4) n;
    for n in 1..4 loop
        entry := uuidv7();
        insert into record_entries (tenant_id, id, actor_id, actor_kind, act, subject_kind, subject_id, case_id, unit_no, source, body, personal)
        values (tenant, entry, me, 'person', 'case.opened', 'case', report.id, report.id, home, '{"client": "bench"}',
            jsonb_build_object('kind', 'hazard', 'title', report.description, 'definition', 'hazard@1'),
            jsonb_build_object('actor', encode(sha256(entry::text::bytea), 'hex'), 'address', encode(sha256(me::text::bytea), 'hex')));
        insert into record_personal (tenant_id, id, entry_id, field, salt, value)
        select tenant, uuidv7(), entry, f, replace(gen_random_uuid()::text, '-', ''), 'bench' from unnest(array['actor', 'address']) f;
        insert into record_pending (tenant_id, id) values (tenant, entry);
    end loop;
    insert into outbox (tenant_id, id, job, arguments, due_at)
    select tenant, uuidv7(), j, jsonb_build_array(report.id), now() from unnest(array['hazards.reported', 'loops.opened']) j;
    return made;
end $$;
grant usage on schema bench to anhuan_app;
grant execute on function bench.report to anhuan_app;
