-- Run as a superuser, whom row-level security does not bind: 1,000 organizations with 100 projects and a member each;
-- the first one has a viewer as well, user and session 1001.
-- Ids are built from counters, so that a load generator computes them without asking:
--   organization i   00000000-0000-4000-8000-<i as 12 decimal digits>     its user ...-a000-<i>, their session ...-b000-<i>
--   project p        00000000-0000-4000-9000-<p as 12 decimal digits>     belongs to organization (p - 1) / 100 + 1
INSERT INTO users (id, email, name, password_hash, created_at, updated_at)
SELECT ('00000000-0000-4000-a000-' || lpad(i::text, 12, '0'))::uuid, 'user' || i || '@example.com', 'User ' || i, '!', now(), now()
FROM generate_series(1, 1001) i;
INSERT INTO organizations (id, name, created_at, updated_at)
SELECT ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid, 'Organization ' || i, now(), now()
FROM generate_series(1, 1000) i;
INSERT INTO memberships (organization_id, user_id, role, created_at)
SELECT ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid, ('00000000-0000-4000-a000-' || lpad(i::text, 12, '0'))::uuid, 'member', now()
FROM generate_series(1, 1000) i;
INSERT INTO memberships (organization_id, user_id, role, created_at)
VALUES ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-a000-000000001001', 'viewer', now());
INSERT INTO auth_sessions (id, user_id, organization_id, created_at, last_used_at, expires_at)
SELECT ('00000000-0000-4000-b000-' || lpad(i::text, 12, '0'))::uuid, ('00000000-0000-4000-a000-' || lpad(i::text, 12, '0'))::uuid,
       ('00000000-0000-4000-8000-' || lpad(((i - 1) % 1000 + 1)::text, 12, '0'))::uuid, now(), now(), now() + interval '30 days'
FROM generate_series(1, 1001) i;
INSERT INTO projects (id, organization_id, name, status, budget, created_by, created_at, updated_at)
SELECT ('00000000-0000-4000-9000-' || lpad(p::text, 12, '0'))::uuid,
       ('00000000-0000-4000-8000-' || lpad(((p - 1) / 100 + 1)::text, 12, '0'))::uuid,
       'Project ' || p, (ARRAY['active', 'paused', 'done'])[p % 3 + 1], (p % 100000)::numeric + 0.25,
       ('00000000-0000-4000-a000-' || lpad(((p - 1) / 100 + 1)::text, 12, '0'))::uuid,
       timestamptz '2026-01-01 00:00:00+00' + make_interval(secs => p), timestamptz '2026-01-01 00:00:00+00' + make_interval(secs => p)
FROM generate_series(1, 100000) p;
-- The plain routes keep what a payment provider sends; no organization owns it.
CREATE TABLE IF NOT EXISTS webhook_events (
    id text PRIMARY KEY, type text NOT NULL, payload jsonb NOT NULL, received_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook_events TO PUBLIC;
VACUUM ANALYZE;
