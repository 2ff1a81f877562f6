-- Frozen: emitted once by Tenon, never changed; makes the changes of 0003_create_milestones_and_more_online.
-- no-transaction: its statements (with empty lines between them) run one by one, while the service works;
-- after a failure all of them may run again.

SET lock_timeout = '5s';

ALTER TABLE "tasks" VALIDATE CONSTRAINT "tasks_milestone_id_fkey";

ALTER TABLE "tasks" VALIDATE CONSTRAINT "tasks_epic_id_fkey";

ALTER TABLE "tasks" VALIDATE CONSTRAINT "tasks_reviewer_id_fkey";

ALTER TABLE "tasks" VALIDATE CONSTRAINT "tasks_status_values";

ALTER TABLE "tasks" VALIDATE CONSTRAINT "tasks_level_values";

ALTER TABLE "tasks" VALIDATE CONSTRAINT "tasks_slug_length";

ALTER TABLE "projects" VALIDATE CONSTRAINT "projects_name_length";

SET lock_timeout = 0;

DROP INDEX CONCURRENTLY IF EXISTS "tasks_slug_key";

CREATE UNIQUE INDEX CONCURRENTLY "tasks_slug_key" ON "tasks" ("workspace_id", "slug") WHERE "deleted_at" IS NULL;

DROP INDEX CONCURRENTLY IF EXISTS "tasks_priority_due_idx";

CREATE INDEX CONCURRENTLY "tasks_priority_due_idx" ON "tasks" ("workspace_id", "priority", "due");

DROP INDEX CONCURRENTLY IF EXISTS "tasks_milestone_id_idx";

CREATE INDEX CONCURRENTLY "tasks_milestone_id_idx" ON "tasks" ("workspace_id", "milestone_id");

DROP INDEX CONCURRENTLY IF EXISTS "tasks_epic_id_idx";

CREATE INDEX CONCURRENTLY "tasks_epic_id_idx" ON "tasks" ("workspace_id", "epic_id");

DROP INDEX CONCURRENTLY IF EXISTS "tasks_reviewer_id_idx";

CREATE INDEX CONCURRENTLY "tasks_reviewer_id_idx" ON "tasks" ("workspace_id", "reviewer_id");

RESET lock_timeout;
