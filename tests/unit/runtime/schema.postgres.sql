-- The tables that the runtime itself needs, as a product's first migration makes them on PostgreSQL
-- (here for a product whose tenant is called "workspace").
CREATE TABLE users (
    id uuid NOT NULL PRIMARY KEY,
    email text NOT NULL UNIQUE,
    name text NOT NULL,
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version bigint NOT NULL,
    deleted_at timestamptz
);

CREATE TABLE workspaces (
    id uuid NOT NULL PRIMARY KEY,
    name text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE memberships (
    workspace_id uuid NOT NULL REFERENCES workspaces (id),
    user_id uuid NOT NULL REFERENCES users (id),
    role text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, user_id)
);
CREATE INDEX memberships_by_user ON memberships (user_id);

CREATE TABLE auth_sessions (
    id uuid NOT NULL PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    workspace_id uuid REFERENCES workspaces (id),
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    revoked_at timestamptz,
    expires_at timestamptz NOT NULL
);
CREATE INDEX auth_sessions_by_user ON auth_sessions (user_id);

CREATE TABLE refresh_tokens (
    token_hash text NOT NULL PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES auth_sessions (id),
    parent_hash text,
    successor_hash text,
    successor_sealed text,
    used_at timestamptz,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE idempotency_keys (
    workspace_id uuid NOT NULL REFERENCES workspaces (id),
    key_hash text NOT NULL,
    fingerprint text NOT NULL,
    attempt uuid NOT NULL,
    answer text,
    locked_until timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, key_hash)
);
CREATE INDEX idempotency_keys_by_end ON idempotency_keys (workspace_id, expires_at);
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY rows ON idempotency_keys USING (true) WITH CHECK (true);
CREATE POLICY own_tenant ON idempotency_keys AS RESTRICTIVE
    USING (workspace_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK (workspace_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));

CREATE TABLE user_idempotency_keys (
    user_id uuid NOT NULL,
    key_hash text NOT NULL,
    fingerprint text NOT NULL,
    attempt uuid NOT NULL,
    answer text,
    locked_until timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, key_hash)
);
CREATE INDEX user_idempotency_keys_by_end ON user_idempotency_keys (expires_at);

-- As the first migration has them, but for the owner's: here the owner serves.
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY own_user_select ON users FOR SELECT
    USING (id = (SELECT nullif(current_setting('app.user', true), '')::uuid));
CREATE POLICY own_user_insert ON users FOR INSERT
    WITH CHECK (id = (SELECT nullif(current_setting('app.user', true), '')::uuid));
CREATE POLICY own_user_update ON users FOR UPDATE
    USING (id = (SELECT nullif(current_setting('app.user', true), '')::uuid))
    WITH CHECK (id = (SELECT nullif(current_setting('app.user', true), '')::uuid));
CREATE POLICY service_select ON users FOR SELECT
    USING ((SELECT current_setting('app.scope', true)) = 'service');
CREATE POLICY own_tenant_select ON users FOR SELECT
    USING (EXISTS (SELECT FROM memberships WHERE user_id = id AND workspace_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid)));

ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
ALTER TABLE workspaces FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant_select ON workspaces FOR SELECT
    USING (id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY own_tenant_insert ON workspaces FOR INSERT
    WITH CHECK (id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY own_tenant_update ON workspaces FOR UPDATE
    USING (id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK (id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY service_select ON workspaces FOR SELECT
    USING ((SELECT current_setting('app.scope', true)) = 'service');
CREATE POLICY own_user_select ON workspaces FOR SELECT
    USING (EXISTS (SELECT FROM memberships WHERE workspace_id = id AND user_id = (SELECT nullif(current_setting('app.user', true), '')::uuid)));

ALTER TABLE memberships ENABLE ROW LEVEL SECURITY;
ALTER TABLE memberships FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON memberships
    USING (workspace_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK (workspace_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY own_user_select ON memberships FOR SELECT
    USING (user_id = (SELECT nullif(current_setting('app.user', true), '')::uuid) AND (SELECT coalesce(current_setting('app.tenant', true), '') = ''));

ALTER TABLE auth_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE auth_sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_user ON auth_sessions
    USING (user_id = (SELECT nullif(current_setting('app.user', true), '')::uuid))
    WITH CHECK (user_id = (SELECT nullif(current_setting('app.user', true), '')::uuid));
CREATE POLICY own_tenant_select ON auth_sessions FOR SELECT
    USING (workspace_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY own_tenant_update ON auth_sessions FOR UPDATE
    USING (workspace_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
    WITH CHECK (workspace_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY service_select ON auth_sessions FOR SELECT
    USING ((SELECT current_setting('app.scope', true)) = 'service');

ALTER TABLE refresh_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE refresh_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY service_select ON refresh_tokens FOR SELECT
    USING ((SELECT current_setting('app.scope', true)) = 'service');
CREATE POLICY own_user ON refresh_tokens
    USING (EXISTS (SELECT FROM auth_sessions WHERE id = session_id AND user_id = (SELECT nullif(current_setting('app.user', true), '')::uuid)))
    WITH CHECK (EXISTS (SELECT FROM auth_sessions WHERE id = session_id AND user_id = (SELECT nullif(current_setting('app.user', true), '')::uuid)));

ALTER TABLE user_idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE user_idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY own_user ON user_idempotency_keys
    USING (user_id = (SELECT nullif(current_setting('app.user', true), '')::uuid))
    WITH CHECK (user_id = (SELECT nullif(current_setting('app.user', true), '')::uuid));
CREATE POLICY service ON user_idempotency_keys
    USING ((SELECT current_setting('app.scope', true)) = 'service')
    WITH CHECK ((SELECT current_setting('app.scope', true)) = 'service');
