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
