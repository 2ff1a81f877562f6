-- Frozen: emitted once by Tenon, never changed; takes back 0001_initial.
SET LOCAL lock_timeout = '5s';
DROP POLICY "own_tenant_select" ON "users";
DROP POLICY "own_user_select" ON "workspaces";
DROP POLICY "own_user" ON "refresh_tokens";
ALTER TABLE "tasks" DROP CONSTRAINT "tasks_project_id_fkey";
DROP TABLE "projects";
DROP TABLE "tasks";
DROP TABLE "refresh_tokens";
DROP TABLE "auth_sessions";
DROP TABLE "cache_entries";
DROP TABLE "limit_locks";
DROP TABLE "limit_leases";
DROP TABLE "limit_counters";
DROP TABLE "user_idempotency_keys";
DROP TABLE "idempotency_keys";
DROP TABLE "memberships";
DROP TABLE "workspaces";
DROP TABLE "users";
