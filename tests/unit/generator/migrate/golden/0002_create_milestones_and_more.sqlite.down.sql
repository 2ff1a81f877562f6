-- Frozen: emitted once by Tenon, never changed; takes back 0002_create_milestones_and_more.

DROP TRIGGER "projects_rules_insert";
DROP TRIGGER "projects_rules_update";
CREATE TRIGGER "projects_rules_insert" BEFORE INSERT ON "projects" BEGIN
    SELECT RAISE(ABORT, 'projects_name_length') WHERE length(NEW."name") > 120;
    SELECT RAISE(ABORT, 'projects_code_length') WHERE length(NEW."code") > 12;
END;
CREATE TRIGGER "projects_rules_update" BEFORE UPDATE ON "projects" BEGIN
    SELECT RAISE(ABORT, 'projects_name_length') WHERE length(NEW."name") > 120;
    SELECT RAISE(ABORT, 'projects_code_length') WHERE length(NEW."code") > 12;
END;

DROP TRIGGER "tasks_rules_insert";
DROP TRIGGER "tasks_rules_update";
DROP INDEX "tasks_slug_key";
DROP INDEX "tasks_project_id_title_key";
DROP INDEX "tasks_priority_due_idx";
DROP INDEX "tasks_milestone_id_idx";
DROP INDEX "tasks_epic_id_idx";
DROP INDEX "tasks_reviewer_id_idx";
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
DROP INDEX "milestones_id_key";
DROP INDEX "projects_id_key";

PRAGMA defer_foreign_keys = ON;
DROP TABLE "milestones";
