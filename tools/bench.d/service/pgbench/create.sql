\set p random(1, 100000)
\set o (:p - 1) / 100 + 1
\startpipeline
SELECT set_config('app.tenant', '00000000-0000-4000-8000-' || lpad(cast(:o as text), 12, '0'), true);
INSERT INTO projects (id, organization_id, name, status, budget, created_by, created_at, updated_at) VALUES (gen_random_uuid(), ('00000000-0000-4000-8000-' || lpad(cast(:o as text), 12, '0'))::uuid, 'Bench project ' || cast(:p as text), 'active', cast(:p as numeric), ('00000000-0000-4000-a000-' || lpad(cast(:o as text), 12, '0'))::uuid, now(), now()) RETURNING id, name, status, budget, created_by, created_at, updated_at, version;
\endpipeline
