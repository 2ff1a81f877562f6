-- Frozen: emitted once by Tenon, never changed; takes back 0002_create_milestones_and_more.
SET LOCAL lock_timeout = '5s';
ALTER TABLE "projects" DROP CONSTRAINT "projects_name_length";
ALTER TABLE "tasks" DROP CONSTRAINT "tasks_milestone_id_fkey";
ALTER TABLE "tasks" DROP CONSTRAINT "tasks_epic_id_fkey";
ALTER TABLE "tasks" DROP CONSTRAINT "tasks_reviewer_id_fkey";
ALTER TABLE "tasks" DROP CONSTRAINT "tasks_status_values";
ALTER TABLE "tasks" DROP CONSTRAINT "tasks_level_values";
ALTER TABLE "tasks" DROP CONSTRAINT "tasks_slug_length";
DROP INDEX IF EXISTS "tasks_slug_key";
DROP INDEX IF EXISTS "tasks_priority_due_idx";
DROP INDEX IF EXISTS "tasks_milestone_id_idx";
DROP INDEX IF EXISTS "tasks_epic_id_idx";
DROP INDEX IF EXISTS "tasks_reviewer_id_idx";
DROP TABLE "milestones";
ALTER TABLE "tasks" DROP COLUMN "priority";
ALTER TABLE "tasks" DROP COLUMN "estimate";
ALTER TABLE "tasks" DROP COLUMN "seen";
ALTER TABLE "tasks" DROP COLUMN "level";
ALTER TABLE "tasks" DROP COLUMN "slug";
ALTER TABLE "tasks" DROP COLUMN "milestone_id";
ALTER TABLE "tasks" DROP COLUMN "epic_id";
ALTER TABLE "tasks" DROP COLUMN "reviewer_id";
ALTER TABLE "projects" ALTER COLUMN "code" DROP DEFAULT;
ALTER TABLE "projects" ADD CONSTRAINT "projects_name_length" CHECK (char_length("name") <= 120);
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_status_values" CHECK ("status" IN ('open', 'done'));
DO $tenon$
DECLARE
    "the tenant" uuid;
    "the tenants" uuid[];
BEGIN
    PERFORM set_config('app.scope', 'service', true);
    "the tenants" := array(SELECT "id" FROM "workspaces");
    FOREACH "the tenant" IN ARRAY "the tenants" LOOP
        PERFORM set_config('app.scope', 'service', true);
        PERFORM set_config('app.tenant', "the tenant"::text, true);
        UPDATE "tasks" SET "deleted_at" = NULL WHERE "workspace_id" = "the tenant" AND "deleted_at" IS NOT NULL AND "deleted_with" IS NULL;
    END LOOP;
    PERFORM set_config('app.tenant', '', true);
    PERFORM set_config('app.scope', '', true);
END $tenon$;
CREATE INDEX "tasks_due_id_idx" ON "tasks" ("workspace_id", "due", "id");
