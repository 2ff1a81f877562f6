-- Frozen: emitted once by Tenon, never changed; makes the changes of 0001_initial.

CREATE TABLE "users" (
    "id" uuid NOT NULL,
    "email" text NOT NULL,
    "name" text NOT NULL,
    "password_hash" text NOT NULL,
    "created_at" timestamptz NOT NULL,
    "updated_at" timestamptz NOT NULL,
    "version" bigint NOT NULL DEFAULT 1,
    "deleted_at" timestamptz,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "users_email_key" ON "users" ("email");
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "users" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_user_select" ON "users" FOR SELECT
    USING ("id" = (SELECT nullif(current_setting('app.user', true), '')::uuid));
CREATE POLICY "own_user_insert" ON "users" FOR INSERT
    WITH CHECK ("id" = (SELECT nullif(current_setting('app.user', true), '')::uuid));
CREATE POLICY "own_user_update" ON "users" FOR UPDATE
    USING ("id" = (SELECT nullif(current_setting('app.user', true), '')::uuid))
    WITH CHECK ("id" = (SELECT nullif(current_setting('app.user', true), '')::uuid));
CREATE POLICY "service_select" ON "users" FOR SELECT
    USING ((SELECT current_setting('app.scope', true)) = 'service');
CREATE POLICY "owner" ON "users" TO CURRENT_USER
    USING ((SELECT current_setting('app.scope', true)) = 'service')
    WITH CHECK ((SELECT current_setting('app.scope', true)) = 'service');

CREATE TABLE "workspaces" (
    "id" uuid NOT NULL,
    "name" text NOT NULL,
    "created_at" timestamptz NOT NULL,
    "updated_at" timestamptz NOT NULL,
    "version" bigint NOT NULL DEFAULT 1,
    CONSTRAINT "workspaces_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "workspaces" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "workspaces" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant_select" ON "workspaces" FOR SELECT
    USING ("id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY "own_tenant_insert" ON "workspaces" FOR INSERT
    WITH CHECK ("id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY "own_tenant_update" ON "workspaces" FOR UPDATE
    USING ("id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK ("id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY "service_select" ON "workspaces" FOR SELECT
    USING ((SELECT current_setting('app.scope', true)) = 'service');
CREATE POLICY "owner" ON "workspaces" TO CURRENT_USER
    USING ((SELECT current_setting('app.scope', true)) = 'service')
    WITH CHECK ((SELECT current_setting('app.scope', true)) = 'service');

CREATE TABLE "memberships" (
    "workspace_id" uuid NOT NULL,
    "user_id" uuid NOT NULL,
    "role" text NOT NULL,
    "created_at" timestamptz NOT NULL,
    CONSTRAINT "memberships_pkey" PRIMARY KEY ("workspace_id", "user_id"),
    CONSTRAINT "memberships_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE CASCADE,
    CONSTRAINT "memberships_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
CREATE INDEX "memberships_user_id_idx" ON "memberships" ("user_id");
ALTER TABLE "memberships" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "memberships" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_tenant" ON "memberships"
    USING ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY "own_user_select" ON "memberships" FOR SELECT
    USING ("user_id" = (SELECT nullif(current_setting('app.user', true), '')::uuid) AND (SELECT coalesce(current_setting('app.tenant', true), '') = ''));
CREATE POLICY "owner" ON "memberships" TO CURRENT_USER
    USING ((SELECT current_setting('app.scope', true)) = 'service')
    WITH CHECK ((SELECT current_setting('app.scope', true)) = 'service');

CREATE TABLE "idempotency_keys" (
    "workspace_id" uuid NOT NULL,
    "key_hash" text NOT NULL,
    "fingerprint" text NOT NULL,
    "attempt" uuid NOT NULL,
    "answer" text,
    "locked_until" timestamptz NOT NULL,
    "expires_at" timestamptz NOT NULL,
    "created_at" timestamptz NOT NULL,
    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("workspace_id", "key_hash"),
    CONSTRAINT "idempotency_keys_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE CASCADE
);
CREATE INDEX "idempotency_keys_workspace_id_expires_at_idx" ON "idempotency_keys" ("workspace_id", "expires_at");
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "idempotency_keys" FORCE ROW LEVEL SECURITY;
CREATE POLICY "rows" ON "idempotency_keys" USING (true) WITH CHECK (true);
CREATE POLICY "own_tenant" ON "idempotency_keys" AS RESTRICTIVE
    USING ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));

CREATE TABLE "user_idempotency_keys" (
    "user_id" uuid NOT NULL,
    "key_hash" text NOT NULL,
    "fingerprint" text NOT NULL,
    "attempt" uuid NOT NULL,
    "answer" text,
    "locked_until" timestamptz NOT NULL,
    "expires_at" timestamptz NOT NULL,
    "created_at" timestamptz NOT NULL,
    CONSTRAINT "user_idempotency_keys_pkey" PRIMARY KEY ("user_id", "key_hash")
);
CREATE INDEX "user_idempotency_keys_expires_at_idx" ON "user_idempotency_keys" ("expires_at");
ALTER TABLE "user_idempotency_keys" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "user_idempotency_keys" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_user" ON "user_idempotency_keys"
    USING ("user_id" = (SELECT nullif(current_setting('app.user', true), '')::uuid))
    WITH CHECK ("user_id" = (SELECT nullif(current_setting('app.user', true), '')::uuid));
CREATE POLICY "service" ON "user_idempotency_keys"
    USING ((SELECT current_setting('app.scope', true)) = 'service')
    WITH CHECK ((SELECT current_setting('app.scope', true)) = 'service');

CREATE TABLE "limit_counters" (
    "workspace_id" uuid NOT NULL,
    "name" text NOT NULL,
    "amount" bigint NOT NULL,
    "since" bigint NOT NULL,
    "asked_at" bigint NOT NULL,
    "forget_at" bigint NOT NULL,
    CONSTRAINT "limit_counters_pkey" PRIMARY KEY ("workspace_id", "name")
);
ALTER TABLE "limit_counters" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "limit_counters" FORCE ROW LEVEL SECURITY;
CREATE POLICY "rows" ON "limit_counters" USING (true) WITH CHECK (true);
CREATE POLICY "own_tenant" ON "limit_counters" AS RESTRICTIVE
    USING ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));

CREATE TABLE "limit_leases" (
    "workspace_id" uuid NOT NULL,
    "name" text NOT NULL,
    "lease" text NOT NULL,
    "expires_at" bigint NOT NULL,
    CONSTRAINT "limit_leases_pkey" PRIMARY KEY ("workspace_id", "name", "lease")
);
ALTER TABLE "limit_leases" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "limit_leases" FORCE ROW LEVEL SECURITY;
CREATE POLICY "rows" ON "limit_leases" USING (true) WITH CHECK (true);
CREATE POLICY "own_tenant" ON "limit_leases" AS RESTRICTIVE
    USING ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));

CREATE TABLE "limit_locks" (
    "workspace_id" uuid NOT NULL,
    "name" text NOT NULL,
    "fence" bigint NOT NULL,
    "owner" text NOT NULL,
    "expires_at" bigint NOT NULL,
    CONSTRAINT "limit_locks_pkey" PRIMARY KEY ("workspace_id", "name")
);
ALTER TABLE "limit_locks" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "limit_locks" FORCE ROW LEVEL SECURITY;
CREATE POLICY "rows" ON "limit_locks" USING (true) WITH CHECK (true);
CREATE POLICY "own_tenant" ON "limit_locks" AS RESTRICTIVE
    USING ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));

CREATE TABLE "cache_entries" (
    "workspace_id" uuid NOT NULL,
    "name" text NOT NULL,
    "value" text,
    "generation" bigint NOT NULL,
    "expires_at" bigint NOT NULL,
    "forget_at" bigint NOT NULL,
    CONSTRAINT "cache_entries_pkey" PRIMARY KEY ("workspace_id", "name")
);
ALTER TABLE "cache_entries" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "cache_entries" FORCE ROW LEVEL SECURITY;
CREATE POLICY "rows" ON "cache_entries" USING (true) WITH CHECK (true);
CREATE POLICY "own_tenant" ON "cache_entries" AS RESTRICTIVE
    USING ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));

CREATE TABLE "auth_sessions" (
    "id" uuid NOT NULL,
    "user_id" uuid NOT NULL,
    "workspace_id" uuid,
    "created_at" timestamptz NOT NULL,
    "last_used_at" timestamptz NOT NULL,
    "revoked_at" timestamptz,
    "expires_at" timestamptz NOT NULL,
    CONSTRAINT "auth_sessions_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "auth_sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE,
    CONSTRAINT "auth_sessions_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE CASCADE
);
CREATE INDEX "auth_sessions_user_id_idx" ON "auth_sessions" ("user_id");
CREATE INDEX "auth_sessions_workspace_id_user_id_idx" ON "auth_sessions" ("workspace_id", "user_id");
ALTER TABLE "auth_sessions" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "auth_sessions" FORCE ROW LEVEL SECURITY;
CREATE POLICY "own_user" ON "auth_sessions"
    USING ("user_id" = (SELECT nullif(current_setting('app.user', true), '')::uuid))
    WITH CHECK ("user_id" = (SELECT nullif(current_setting('app.user', true), '')::uuid));
CREATE POLICY "own_tenant_select" ON "auth_sessions" FOR SELECT
    USING ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY "own_tenant_update" ON "auth_sessions" FOR UPDATE
    USING ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY "service_select" ON "auth_sessions" FOR SELECT
    USING ((SELECT current_setting('app.scope', true)) = 'service');
CREATE POLICY "owner" ON "auth_sessions" TO CURRENT_USER
    USING ((SELECT current_setting('app.scope', true)) = 'service')
    WITH CHECK ((SELECT current_setting('app.scope', true)) = 'service');

CREATE TABLE "refresh_tokens" (
    "token_hash" text NOT NULL,
    "session_id" uuid NOT NULL,
    "parent_hash" text,
    "successor_hash" text,
    "successor_sealed" text,
    "used_at" timestamptz,
    "expires_at" timestamptz NOT NULL,
    "created_at" timestamptz NOT NULL,
    CONSTRAINT "refresh_tokens_pkey" PRIMARY KEY ("token_hash"),
    CONSTRAINT "refresh_tokens_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "auth_sessions" ("id") ON DELETE CASCADE
);
CREATE INDEX "refresh_tokens_session_id_idx" ON "refresh_tokens" ("session_id");
ALTER TABLE "refresh_tokens" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "refresh_tokens" FORCE ROW LEVEL SECURITY;
CREATE POLICY "service_select" ON "refresh_tokens" FOR SELECT
    USING ((SELECT current_setting('app.scope', true)) = 'service');
CREATE POLICY "owner" ON "refresh_tokens" TO CURRENT_USER
    USING ((SELECT current_setting('app.scope', true)) = 'service')
    WITH CHECK ((SELECT current_setting('app.scope', true)) = 'service');

CREATE TABLE "tasks" (
    "id" uuid NOT NULL,
    "workspace_id" uuid NOT NULL,
    "title" text NOT NULL,
    "notes" text,
    "project_id" uuid NOT NULL,
    "blocked_by_id" uuid,
    "status" text NOT NULL DEFAULT 'open',
    "ratio" numeric(14, 2) NOT NULL DEFAULT 3.50,
    "budget" bigint,
    "budget_currency" text,
    "tags" jsonb NOT NULL,
    "starts" timestamptz NOT NULL DEFAULT now(),
    "due" date,
    "weight" double precision NOT NULL,
    "points" bigint NOT NULL DEFAULT 1,
    "urgent" boolean NOT NULL DEFAULT false,
    "link" text,
    "contact" text,
    "external" uuid,
    "extra" jsonb NOT NULL DEFAULT '{}',
    "created_by" uuid NOT NULL,
    "created_at" timestamptz NOT NULL,
    "updated_at" timestamptz NOT NULL,
    "version" bigint NOT NULL DEFAULT 1,
    "deleted_at" timestamptz,
    "deleted_with" uuid,
    CONSTRAINT "tasks_pkey" PRIMARY KEY ("workspace_id", "id"),
    CONSTRAINT "tasks_title_length" CHECK (char_length("title") <= 200),
    CONSTRAINT "tasks_notes_length" CHECK (char_length("notes") <= 100000),
    CONSTRAINT "tasks_status_values" CHECK ("status" IN ('open', 'done')),
    CONSTRAINT "tasks_budget_currency_length" CHECK (char_length("budget_currency") <= 3),
    CONSTRAINT "tasks_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE CASCADE,
    CONSTRAINT "tasks_blocked_by_id_fkey" FOREIGN KEY ("workspace_id", "blocked_by_id") REFERENCES "tasks" ("workspace_id", "id"),
    CONSTRAINT "tasks_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users" ("id")
);
CREATE UNIQUE INDEX "tasks_project_id_title_key" ON "tasks" ("workspace_id", "project_id", "title") WHERE "deleted_at" IS NULL;
CREATE INDEX "tasks_status_due_idx" ON "tasks" ("workspace_id", "status", "due");
CREATE INDEX "tasks_project_id_idx" ON "tasks" ("workspace_id", "project_id");
CREATE INDEX "tasks_blocked_by_id_idx" ON "tasks" ("workspace_id", "blocked_by_id");
CREATE INDEX "tasks_deleted_at_idx" ON "tasks" ("workspace_id", "deleted_at") WHERE "deleted_at" IS NOT NULL;
CREATE INDEX "tasks_created_at_id_idx" ON "tasks" ("workspace_id", "created_at", "id");
CREATE INDEX "tasks_due_id_idx" ON "tasks" ("workspace_id", "due", "id");
ALTER TABLE "tasks" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tasks" FORCE ROW LEVEL SECURITY;
CREATE POLICY "rows" ON "tasks" USING (true) WITH CHECK (true);
CREATE POLICY "own_tenant" ON "tasks" AS RESTRICTIVE
    USING ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));

CREATE TABLE "projects" (
    "id" uuid NOT NULL,
    "workspace_id" uuid NOT NULL,
    "name" text NOT NULL,
    "code" text NOT NULL,
    "owner_id" uuid NOT NULL,
    "lead_task_id" uuid,
    "created_by" uuid NOT NULL,
    "created_at" timestamptz NOT NULL,
    "updated_at" timestamptz NOT NULL,
    "version" bigint NOT NULL DEFAULT 1,
    "deleted_at" timestamptz,
    CONSTRAINT "projects_pkey" PRIMARY KEY ("workspace_id", "id"),
    CONSTRAINT "projects_name_length" CHECK (char_length("name") <= 120),
    CONSTRAINT "projects_code_length" CHECK (char_length("code") <= 12),
    CONSTRAINT "projects_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces" ("id") ON DELETE CASCADE,
    CONSTRAINT "projects_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users" ("id"),
    CONSTRAINT "projects_lead_task_id_fkey" FOREIGN KEY ("workspace_id", "lead_task_id") REFERENCES "tasks" ("workspace_id", "id") ON DELETE SET NULL ("lead_task_id"),
    CONSTRAINT "projects_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users" ("id")
);
CREATE UNIQUE INDEX "projects_code_key" ON "projects" ("workspace_id", "code") WHERE "deleted_at" IS NULL;
CREATE INDEX "projects_owner_id_idx" ON "projects" ("workspace_id", "owner_id");
CREATE INDEX "projects_lead_task_id_idx" ON "projects" ("workspace_id", "lead_task_id");
CREATE INDEX "projects_created_at_id_idx" ON "projects" ("workspace_id", "created_at", "id");
CREATE INDEX "projects_name_id_idx" ON "projects" ("workspace_id", "name", "id");
ALTER TABLE "projects" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "projects" FORCE ROW LEVEL SECURITY;
CREATE POLICY "rows" ON "projects" USING (true) WITH CHECK (true);
CREATE POLICY "own_tenant" ON "projects" AS RESTRICTIVE
    USING ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK ("workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));

CREATE POLICY "own_tenant_select" ON "users" FOR SELECT
    USING (EXISTS (SELECT FROM "memberships" WHERE "user_id" = "id" AND "workspace_id" = (SELECT nullif(current_setting('app.tenant', true), '')::uuid)));
CREATE POLICY "own_user_select" ON "workspaces" FOR SELECT
    USING (EXISTS (SELECT FROM "memberships" WHERE "workspace_id" = "id" AND "user_id" = (SELECT nullif(current_setting('app.user', true), '')::uuid)));
CREATE POLICY "own_user" ON "refresh_tokens"
    USING (EXISTS (SELECT FROM "auth_sessions" WHERE "id" = "session_id" AND "user_id" = (SELECT nullif(current_setting('app.user', true), '')::uuid)))
    WITH CHECK (EXISTS (SELECT FROM "auth_sessions" WHERE "id" = "session_id" AND "user_id" = (SELECT nullif(current_setting('app.user', true), '')::uuid)));
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_project_id_fkey" FOREIGN KEY ("workspace_id", "project_id") REFERENCES "projects" ("workspace_id", "id") ON DELETE CASCADE;
