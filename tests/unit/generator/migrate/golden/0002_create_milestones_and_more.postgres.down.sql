-- Frozen: emitted once by Tenon, never changed; takes back 0002_create_milestones_and_more.

ALTER TABLE "projects" DROP CONSTRAINT "projects_name_length", ADD CONSTRAINT "projects_name_length" CHECK (char_length("name") <= 120);
ALTER TABLE "projects" ALTER COLUMN "code" DROP DEFAULT;

DROP INDEX "tasks_slug_key";
DROP INDEX "tasks_project_id_title_key";
DROP INDEX "tasks_priority_due_idx";
DROP INDEX "tasks_milestone_id_idx";
DROP INDEX "tasks_epic_id_idx";
DROP INDEX "tasks_reviewer_id_idx";
ALTER TABLE "tasks" DROP CONSTRAINT "tasks_status_values", ADD CONSTRAINT "tasks_status_values" CHECK ("status" IN ('open', 'done'));
ALTER TABLE "tasks" DROP COLUMN "deleted_at";
ALTER TABLE "tasks" DROP COLUMN "reviewer_id";
ALTER TABLE "tasks" DROP COLUMN "epic_id";
ALTER TABLE "tasks" DROP COLUMN "milestone_id";
ALTER TABLE "tasks" DROP COLUMN "slug";
ALTER TABLE "tasks" DROP COLUMN "level";
ALTER TABLE "tasks" DROP COLUMN "seen";
ALTER TABLE "tasks" DROP COLUMN "estimate";
ALTER TABLE "tasks" DROP COLUMN "priority";
CREATE UNIQUE INDEX "tasks_project_id_title_key" ON "tasks" ("workspace_id", "project_id", "title");
CREATE INDEX "tasks_due_id_idx" ON "tasks" ("workspace_id", "due", "id");

DROP TABLE "milestones";
