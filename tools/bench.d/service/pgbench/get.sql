\set p random(1, 100000)
\set o (:p - 1) / 100 + 1
\startpipeline
SELECT set_config('app.tenant', '00000000-0000-4000-8000-' || lpad(cast(:o as text), 12, '0'), true);
SELECT id, name, status, budget, created_by, created_at, updated_at, version FROM projects WHERE organization_id = ('00000000-0000-4000-8000-' || lpad(cast(:o as text), 12, '0'))::uuid AND id = ('00000000-0000-4000-9000-' || lpad(cast(:p as text), 12, '0'))::uuid;
\endpipeline
