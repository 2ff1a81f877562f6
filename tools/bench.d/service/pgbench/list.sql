\set o random(1, 1000)
\startpipeline
SELECT set_config('app.tenant', '00000000-0000-4000-8000-' || lpad(cast(:o as text), 12, '0'), true);
SELECT id, name, status, budget, created_by, created_at, updated_at, version FROM projects WHERE organization_id = ('00000000-0000-4000-8000-' || lpad(cast(:o as text), 12, '0'))::uuid ORDER BY created_at, id LIMIT 21;
\endpipeline
