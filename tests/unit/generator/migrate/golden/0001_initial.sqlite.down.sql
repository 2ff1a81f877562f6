-- Frozen: emitted once by Tenon, never changed; takes back 0001_initial.
DROP TRIGGER "projects_lead_task_id_fkey_clear";
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
