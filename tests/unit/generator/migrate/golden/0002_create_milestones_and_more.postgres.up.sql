-- Frozen: emitted once by Tenon, never changed; makes the changes of 0002_create_milestones_and_more.
SET LOCAL lock_timeout = '5s';
ALTER TABLE "tasks" DROP CONSTRAINT "tasks_status_values";
DROP INDEX "tasks_due_id_idx";
ALTER TABLE "projects" DROP CONSTRAINT "projects_name_length";
ALTER TABLE "tasks" ADD COLUMN "priority" bigint NOT NULL DEFAULT 3;
ALTER TABLE "tasks" ADD COLUMN "estimate" numeric(6, 2);
ALTER TABLE "tasks" ADD COLUMN "seen" timestamptz NOT NULL DEFAULT now();
ALTER TABLE "tasks" ADD COLUMN "level" text NOT NULL DEFAULT 'low';
ALTER TABLE "tasks" ADD COLUMN "slug" text;
ALTER TABLE "tasks" ADD COLUMN "milestone_id" uuid;
ALTER TABLE "tasks" ADD COLUMN "epic_id" uuid;
ALTER TABLE "tasks" ADD COLUMN "reviewer_id" uuid;
ALTER TABLE "projects" ALTER COLUMN "code" SET DEFAULT 'AB';

CREATE TABLE "milestones" (
    "id" uuid NOT NULL,
    "workspace_id" uuid NOT NULL,
    "name" text NOT NULL,
    "due" date NOT NULL,
    "project_id" uuid NOT NULL,
    "created_by" uuid NOT NULL,
    "created_at" timestamptz NOT NULL,
    "updated_at" timestamptz NOT NULL,
    "version" bigint NOT NULL DEFAULT 1,
    CONSTRAINT "milestones_pkey" PRIMARY KEY ("workspace_id", "id"),
    CONSTRAINT "milestones_name_length" CHECK (char_length("name") <= 50),
    CONSTRAINT "milestones_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE CASCADE,
    CONSTRAINT "milestones_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "projects" ("workspace_id", "id"),
    CONSTRAINT "milestones_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users" ("id")
);
CREATE INDEX "milestones_project_id_idx" ON "milestones" ("workspace_id", "project_id");
CREATE INDEX "milestones_created_at_id_idx" ON "milestones" ("workspace_id", "created_at", "id");
ALTER TABLE "milestones" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "milestones" FORCE ROW LEVEL SECURITY;
CREATE POLICY "rows" ON "milestones" USING (true) WITH CHECK (true);
CREATE POLICY "own_tenant" ON "milestones" AS RESTRICTIVE
    USING ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_milestone_id_fkey" FOREIGN KEY ("workspace_id", "milestone_id") REFERENCES "milestones" ("workspace_id", "id") ON DELETE SET NULL ("milestone_id") NOT VALID;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_epic_id_fkey" FOREIGN KEY ("workspace_id", "epic_id") REFERENCES "projects" ("workspace_id", "id") ON DELETE CASCADE NOT VALID;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_reviewer_id_fkey" FOREIGN KEY ("reviewer_id") REFERENCES "users" ("id") NOT VALID;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_status_values" CHECK ("status" IN ('open', 'done', 'it''s blocked')) NOT VALID;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_level_values" CHECK ("level" IN ('low', 'high')) NOT VALID;
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_slug_length" CHECK (char_length("slug") <= 30) NOT VALID;
ALTER TABLE "projects" ADD CONSTRAINT "projects_name_length" CHECK (char_length("name") <= 200) NOT VALID;
