-- Frozen: emitted once by Tenon, never changed; makes the changes of 0002_create_milestones_and_more.

CREATE TABLE "milestones" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "due" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY ("workspace_id", "id"),
    CONSTRAINT "milestones_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE CASCADE,
    CONSTRAINT "milestones_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "projects" ("workspace_id", "id"),
    CONSTRAINT "milestones_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users" ("id")
) STRICT;
CREATE INDEX "milestones_project_id_idx" ON "milestones" ("workspace_id", "project_id");
CREATE INDEX "milestones_created_at_id_idx" ON "milestones" ("workspace_id", "created_at", "id");
CREATE TRIGGER "milestones_rules_insert" BEFORE INSERT ON "milestones" BEGIN
    SELECT RAISE(ABORT, 'milestones_name_length') WHERE length(NEW."name") > 50;
END;
CREATE TRIGGER "milestones_rules_update" BEFORE UPDATE ON "milestones" BEGIN
    SELECT RAISE(ABORT, 'milestones_name_length') WHERE length(NEW."name") > 50;
END;

ALTER TABLE "tasks" ADD COLUMN "priority" INTEGER NOT NULL DEFAULT 3;
ALTER TABLE "tasks" ADD COLUMN "estimate" INTEGER CHECK ("estimate" BETWEEN -999999 AND 999999);
ALTER TABLE "tasks" ADD COLUMN "seen" INTEGER NOT NULL DEFAULT 0;
UPDATE "tasks" SET "seen" = (unixepoch() * 1000000);
ALTER TABLE "tasks" ADD COLUMN "level" TEXT NOT NULL DEFAULT 'low';
ALTER TABLE "tasks" ADD COLUMN "slug" TEXT;
CREATE UNIQUE INDEX IF NOT EXISTS "milestones_id_key" ON "milestones" ("id");
ALTER TABLE "tasks" ADD COLUMN "milestone_id" TEXT CONSTRAINT "tasks_milestone_id_fkey" REFERENCES "milestones" ("id") ON DELETE SET NULL;
CREATE UNIQUE INDEX IF NOT EXISTS "projects_id_key" ON "projects" ("id");
ALTER TABLE "tasks" ADD COLUMN "epic_id" TEXT CONSTRAINT "tasks_epic_id_fkey" REFERENCES "projects" ("id") ON DELETE CASCADE;
ALTER TABLE "tasks" ADD COLUMN "reviewer_id" TEXT CONSTRAINT "tasks_reviewer_id_fkey" REFERENCES "users" ("id");
ALTER TABLE "tasks" ADD COLUMN "deleted_at" INTEGER;
DROP TRIGGER "tasks_rules_insert";
DROP TRIGGER "tasks_rules_update";
CREATE TRIGGER "tasks_rules_insert" BEFORE INSERT ON "tasks" BEGIN
    SELECT RAISE(ABORT, 'tasks_title_length') WHERE length(NEW."title") > 200;
    SELECT RAISE(ABORT, 'tasks_notes_length') WHERE length(NEW."notes") > 100000;
    SELECT RAISE(ABORT, 'tasks_status_values') WHERE NEW."status" NOT IN ('open', 'done', 'it''s blocked');
    SELECT RAISE(ABORT, 'tasks_budget_currency_length') WHERE length(NEW."budget_currency") > 3;
    SELECT RAISE(ABORT, 'tasks_level_values') WHERE NEW."level" NOT IN ('low', 'high');
    SELECT RAISE(ABORT, 'tasks_slug_length') WHERE length(NEW."slug") > 30;
    SELECT RAISE(ABORT, 'tasks_milestone_id_fkey') WHERE NEW."milestone_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "milestones" WHERE "workspace_id" = NEW."workspace_id" AND "id" = NEW."milestone_id");
    SELECT RAISE(ABORT, 'tasks_epic_id_fkey') WHERE NEW."epic_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "projects" WHERE "workspace_id" = NEW."workspace_id" AND "id" = NEW."epic_id");
END;
CREATE TRIGGER "tasks_rules_update" BEFORE UPDATE ON "tasks" BEGIN
    SELECT RAISE(ABORT, 'tasks_title_length') WHERE length(NEW."title") > 200;
    SELECT RAISE(ABORT, 'tasks_notes_length') WHERE length(NEW."notes") > 100000;
    SELECT RAISE(ABORT, 'tasks_status_values') WHERE NEW."status" NOT IN ('open', 'done', 'it''s blocked');
    SELECT RAISE(ABORT, 'tasks_budget_currency_length') WHERE length(NEW."budget_currency") > 3;
    SELECT RAISE(ABORT, 'tasks_level_values') WHERE NEW."level" NOT IN ('low', 'high');
    SELECT RAISE(ABORT, 'tasks_slug_length') WHERE length(NEW."slug") > 30;
    SELECT RAISE(ABORT, 'tasks_milestone_id_fkey') WHERE NEW."milestone_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "milestones" WHERE "workspace_id" = NEW."workspace_id" AND "id" = NEW."milestone_id");
    SELECT RAISE(ABORT, 'tasks_epic_id_fkey') WHERE NEW."epic_id" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "projects" WHERE "workspace_id" = NEW."workspace_id" AND "id" = NEW."epic_id");
END;
DROP INDEX "tasks_project_id_title_key";
DROP INDEX "tasks_due_id_idx";
CREATE UNIQUE INDEX "tasks_slug_key" ON "tasks" ("workspace_id", "slug") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "tasks_project_id_title_key" ON "tasks" ("workspace_id", "project_id", "title") WHERE "deleted_at" IS NULL;
CREATE INDEX "tasks_priority_due_idx" ON "tasks" ("workspace_id", "priority", "due");
CREATE INDEX "tasks_milestone_id_idx" ON "tasks" ("workspace_id", "milestone_id");
CREATE INDEX "tasks_epic_id_idx" ON "tasks" ("workspace_id", "epic_id");
CREATE INDEX "tasks_reviewer_id_idx" ON "tasks" ("workspace_id", "reviewer_id");

-- The default of "code" in "projects" is given by the program; SQLite keeps the one the column was made with.
DROP TRIGGER "projects_rules_insert";
DROP TRIGGER "projects_rules_update";
CREATE TRIGGER "projects_rules_insert" BEFORE INSERT ON "projects" BEGIN
    SELECT RAISE(ABORT, 'projects_name_length') WHERE length(NEW."name") > 200;
    SELECT RAISE(ABORT, 'projects_code_length') WHERE length(NEW."code") > 12;
END;
CREATE TRIGGER "projects_rules_update" BEFORE UPDATE ON "projects" BEGIN
    SELECT RAISE(ABORT, 'projects_name_length') WHERE length(NEW."name") > 200;
    SELECT RAISE(ABORT, 'projects_code_length') WHERE length(NEW."code") > 12;
END;
