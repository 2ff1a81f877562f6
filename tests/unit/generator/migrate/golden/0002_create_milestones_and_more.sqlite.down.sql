-- Frozen: emitted once by Tenon, never changed; takes back 0002_create_milestones_and_more.
DROP TRIGGER "projects_rules_insert";
DROP TRIGGER "projects_rules_update";
DROP TRIGGER "projects_lead_task_id_fkey_clear";
DROP TRIGGER "tasks_rules_insert";
DROP TRIGGER "tasks_rules_update";
DROP TRIGGER "tasks_milestone_id_fkey_clear";
DROP INDEX "projects_code_key";
DROP INDEX "projects_owner_id_idx";
DROP INDEX "projects_lead_task_id_idx";
DROP INDEX "projects_created_at_id_idx";
DROP INDEX "projects_name_id_idx";
DROP INDEX "tasks_slug_key";
DROP INDEX "tasks_project_id_title_key";
DROP INDEX "tasks_status_due_idx";
DROP INDEX "tasks_priority_due_idx";
DROP INDEX "tasks_project_id_idx";
DROP INDEX "tasks_blocked_by_id_idx";
DROP INDEX "tasks_milestone_id_idx";
DROP INDEX "tasks_epic_id_idx";
DROP INDEX "tasks_reviewer_id_idx";
DROP INDEX "tasks_deleted_at_idx";
DROP INDEX "tasks_created_at_id_idx";
DROP TABLE "milestones";

CREATE TABLE "tenon new projects" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "lead_task_id" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" INTEGER,
    PRIMARY KEY ("workspace_id", "id"),
    CONSTRAINT "projects_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE CASCADE,
    CONSTRAINT "projects_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users" ("id"),
    CONSTRAINT "projects_lead_task_id_fkey" FOREIGN KEY ("workspace_id", "lead_task_id") REFERENCES "tasks" ("workspace_id", "id"),
    CONSTRAINT "projects_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users" ("id")
) STRICT;
INSERT INTO "tenon new projects" ("id", "workspace_id", "name", "code", "owner_id", "lead_task_id", "created_by", "created_at", "updated_at", "version", "deleted_at")
    SELECT "id", "workspace_id", "name", "code", "owner_id", "lead_task_id", "created_by", "created_at", "updated_at", "version", "deleted_at" FROM "projects";
DROP TABLE "projects";
ALTER TABLE "tenon new projects" RENAME TO "projects";
CREATE UNIQUE INDEX "projects_code_key" ON "projects" ("workspace_id", "code") WHERE "deleted_at" IS NULL;
CREATE INDEX "projects_owner_id_idx" ON "projects" ("workspace_id", "owner_id");
CREATE INDEX "projects_lead_task_id_idx" ON "projects" ("workspace_id", "lead_task_id");
CREATE INDEX "projects_created_at_id_idx" ON "projects" ("workspace_id", "created_at", "id");
CREATE INDEX "projects_name_id_idx" ON "projects" ("workspace_id", "name", "id");
CREATE TRIGGER "projects_rules_insert" BEFORE INSERT ON "projects" BEGIN
    SELECT RAISE(ABORT, 'projects_name_length') WHERE length(NEW."name") > 120;
    SELECT RAISE(ABORT, 'projects_code_length') WHERE length(NEW."code") > 12;
END;
CREATE TRIGGER "projects_rules_update" BEFORE UPDATE ON "projects" BEGIN
    SELECT RAISE(ABORT, 'projects_name_length') WHERE length(NEW."name") > 120;
    SELECT RAISE(ABORT, 'projects_code_length') WHERE length(NEW."code") > 12;
END;
UPDATE "projects" SET "name" = "name" WHERE length("name") > 120;

CREATE TABLE "tenon new tasks" (
    "id" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "notes" TEXT,
    "project_id" TEXT NOT NULL,
    "blocked_by_id" TEXT,
    "status" TEXT NOT NULL DEFAULT 'open',
    "ratio" INTEGER NOT NULL DEFAULT 350 CHECK ("ratio" BETWEEN -99999999999999 AND 99999999999999),
    "budget" INTEGER,
    "budget_currency" TEXT,
    "tags" TEXT NOT NULL CHECK (json_valid("tags")),
    "starts" INTEGER NOT NULL DEFAULT (unixepoch() * 1000000),
    "due" TEXT,
    "weight" REAL NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 1,
    "urgent" INTEGER NOT NULL DEFAULT 0 CHECK ("urgent" IN (0, 1)),
    "link" TEXT,
    "contact" TEXT,
    "external" TEXT,
    "extra" TEXT NOT NULL DEFAULT '{}' CHECK (json_valid("extra")),
    "created_by" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" INTEGER,
    "deleted_with" TEXT,
    PRIMARY KEY ("workspace_id", "id"),
    CONSTRAINT "tasks_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE CASCADE,
    CONSTRAINT "tasks_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "projects" ("workspace_id", "id") ON DELETE CASCADE,
    CONSTRAINT "tasks_blocked_by_id_fkey" FOREIGN KEY ("workspace_id", "blocked_by_id") REFERENCES "tasks" ("workspace_id", "id"),
    CONSTRAINT "tasks_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users" ("id")
) STRICT;
INSERT INTO "tenon new tasks" ("id", "workspace_id", "title", "notes", "project_id", "blocked_by_id", "status", "ratio", "budget", "budget_currency", "tags", "starts", "due", "weight", "points", "urgent", "link", "contact", "external", "extra", "created_by", "created_at", "updated_at", "version", "deleted_at", "deleted_with")
    SELECT "id", "workspace_id", "title", "notes", "project_id", "blocked_by_id", "status", "ratio", "budget", "budget_currency", "tags", "starts", "due", "weight", "points", "urgent", "link", "contact", "external", "extra", "created_by", "created_at", "updated_at", "version", "deleted_at", "deleted_with" FROM "tasks";
DROP TABLE "tasks";
ALTER TABLE "tenon new tasks" RENAME TO "tasks";
CREATE UNIQUE INDEX "tasks_project_id_title_key" ON "tasks" ("workspace_id", "project_id", "title") WHERE "deleted_at" IS NULL;
CREATE INDEX "tasks_status_due_idx" ON "tasks" ("workspace_id", "status", "due");
CREATE INDEX "tasks_project_id_idx" ON "tasks" ("workspace_id", "project_id");
CREATE INDEX "tasks_blocked_by_id_idx" ON "tasks" ("workspace_id", "blocked_by_id");
CREATE INDEX "tasks_deleted_at_idx" ON "tasks" ("workspace_id", "deleted_at") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "tasks_created_at_id_idx" ON "tasks" ("workspace_id", "created_at", "id");
CREATE INDEX "tasks_due_id_idx" ON "tasks" ("workspace_id", "due", "id");
CREATE TRIGGER "tasks_rules_insert" BEFORE INSERT ON "tasks" BEGIN
    SELECT RAISE(ABORT, 'tasks_title_length') WHERE length(NEW."title") > 200;
    SELECT RAISE(ABORT, 'tasks_notes_length') WHERE length(NEW."notes") > 100000;
    SELECT RAISE(ABORT, 'tasks_status_values') WHERE NEW."status" NOT IN ('open', 'done');
    SELECT RAISE(ABORT, 'tasks_budget_currency_length') WHERE length(NEW."budget_currency") > 3;
END;
CREATE TRIGGER "tasks_rules_update" BEFORE UPDATE ON "tasks" BEGIN
    SELECT RAISE(ABORT, 'tasks_title_length') WHERE length(NEW."title") > 200;
    SELECT RAISE(ABORT, 'tasks_notes_length') WHERE length(NEW."notes") > 100000;
    SELECT RAISE(ABORT, 'tasks_status_values') WHERE NEW."status" NOT IN ('open', 'done');
    SELECT RAISE(ABORT, 'tasks_budget_currency_length') WHERE length(NEW."budget_currency") > 3;
END;
UPDATE "tasks" SET "status" = "status" WHERE "status" NOT IN ('open', 'done');
UPDATE "tasks" SET "deleted_at" = NULL WHERE "deleted_at" IS NOT NULL AND "deleted_with" IS NULL;

CREATE TRIGGER "projects_lead_task_id_fkey_clear" BEFORE DELETE ON "tasks" BEGIN
    UPDATE "projects" SET "lead_task_id" = NULL WHERE "workspace_id" = OLD."workspace_id" AND "lead_task_id" = OLD."id";
END;
