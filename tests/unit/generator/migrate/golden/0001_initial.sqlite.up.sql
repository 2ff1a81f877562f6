-- Frozen: emitted once by Tenon, never changed; makes the changes of 0001_initial.

CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" INTEGER,
    PRIMARY KEY ("id")
) STRICT;
CREATE UNIQUE INDEX "users_email_key" ON "users" ("email");

CREATE TABLE "workspaces" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY ("id")
) STRICT;

CREATE TABLE "memberships" (
    "workspace_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    PRIMARY KEY ("workspace_id", "user_id"),
    CONSTRAINT "memberships_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE CASCADE,
    CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "memberships_user_id_idx" ON "memberships" ("user_id");

CREATE TABLE "idempotency_keys" (
    "workspace_id" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "attempt" TEXT NOT NULL,
    "answer" TEXT,
    "locked_until" INTEGER NOT NULL,
    "expires_at" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    PRIMARY KEY ("workspace_id", "key_hash"),
    CONSTRAINT "idempotency_keys_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "idempotency_keys_workspace_id_expires_at_idx" ON "idempotency_keys" ("workspace_id", "expires_at");

CREATE TABLE "user_idempotency_keys" (
    "user_id" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "attempt" TEXT NOT NULL,
    "answer" TEXT,
    "locked_until" INTEGER NOT NULL,
    "expires_at" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    PRIMARY KEY ("user_id", "key_hash")
) STRICT;
CREATE INDEX "user_idempotency_keys_expires_at_idx" ON "user_idempotency_keys" ("expires_at");

CREATE TABLE "limit_counters" (
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "since" INTEGER NOT NULL,
    "asked_at" INTEGER NOT NULL,
    "forget_at" INTEGER NOT NULL,
    PRIMARY KEY ("workspace_id", "name")
) STRICT;

CREATE TABLE "limit_leases" (
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "lease" TEXT NOT NULL,
    "expires_at" INTEGER NOT NULL,
    PRIMARY KEY ("workspace_id", "name", "lease")
) STRICT;

CREATE TABLE "limit_locks" (
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "fence" INTEGER NOT NULL,
    "owner" TEXT NOT NULL,
    "expires_at" INTEGER NOT NULL,
    PRIMARY KEY ("workspace_id", "name")
) STRICT;

CREATE TABLE "cache_entries" (
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" TEXT,
    "generation" INTEGER NOT NULL,
    "expires_at" INTEGER NOT NULL,
    "forget_at" INTEGER NOT NULL,
    PRIMARY KEY ("workspace_id", "name")
) STRICT;

CREATE TABLE "auth_sessions" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "workspace_id" TEXT,
    "created_at" INTEGER NOT NULL,
    "last_used_at" INTEGER NOT NULL,
    "revoked_at" INTEGER,
    "expires_at" INTEGER NOT NULL,
    PRIMARY KEY ("id"),
    CONSTRAINT "auth_sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
    CONSTRAINT "auth_sessions_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "auth_sessions_user_id_idx" ON "auth_sessions" ("user_id");
CREATE INDEX "auth_sessions_workspace_id_user_id_idx" ON "auth_sessions" ("workspace_id", "user_id");

CREATE TABLE "refresh_tokens" (
    "token_hash" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "parent_hash" TEXT,
    "successor_hash" TEXT,
    "successor_sealed" TEXT,
    "used_at" INTEGER,
    "expires_at" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    PRIMARY KEY ("token_hash"),
    CONSTRAINT "refresh_tokens_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "auth_sessions" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "refresh_tokens_session_id_idx" ON "refresh_tokens" ("session_id");

CREATE TABLE "tasks" (
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

CREATE TABLE "projects" (
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

CREATE TRIGGER "projects_lead_task_id_fkey_clear" BEFORE DELETE ON "tasks" BEGIN
    UPDATE "projects" SET "lead_task_id" = NULL WHERE "workspace_id" = OLD."workspace_id" AND "lead_task_id" = OLD."id";
END;
