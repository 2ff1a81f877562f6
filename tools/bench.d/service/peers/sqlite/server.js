// The bench's service as one would write it by hand with Fastify and better-sqlite3: prepared statements, response
// schemas, and each change durable before it is answered.
import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import { createVerifier } from 'fast-jwt'
import Fastify from 'fastify'

const { DATABASE, JWT_SECRET, PORT } = process.env

const database = new Database(DATABASE)
database.pragma('journal_mode = WAL')
database.pragma('synchronous = FULL')
database.exec(`
  CREATE TABLE IF NOT EXISTS projects (
    organization_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, budget INTEGER NOT NULL,
    created_by TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, version INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (organization_id, id)) WITHOUT ROWID, STRICT;
  CREATE INDEX IF NOT EXISTS projects_by_age ON projects (organization_id, created_at, id)`)

const columns = 'id, name, status, budget, created_by, created_at, updated_at, version'
const find = database.prepare(`SELECT ${columns} FROM projects WHERE organization_id = ? AND id = ?`)
const page = database.prepare(`SELECT ${columns} FROM projects WHERE organization_id = ? ORDER BY created_at, id LIMIT ?`)
const insert = database.prepare(`INSERT INTO projects (${columns}, organization_id) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?) RETURNING ${columns}`)

const shown = (row) => ({
  ...row,
  budget: (row.budget / 100).toFixed(2),
  created_at: new Date(row.created_at).toISOString(),
  updated_at: new Date(row.updated_at).toISOString()
})

const verify = createVerifier({ key: JWT_SECRET, algorithms: ['HS256'], cache: false })
const refuse = (status, code) => Object.assign(new Error(code), { statusCode: status })
const known = (request, reply, done) => {
  const header = request.headers.authorization ?? ''
  try { request.who = verify(header.startsWith('Bearer ') ? header.slice(7) : '') } catch { return done(refuse(401, 'unauthorized')) }
  done()
}

const text = { type: 'string' }
const project = {
  type: 'object',
  properties: {
    id: text, name: text, status: text, budget: text, created_by: text, created_at: text, updated_at: text, version: { type: 'integer' }
  }
}
const input = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 200 },
    status: { enum: ['active', 'paused', 'done'], default: 'active' },
    budget: { type: 'string', pattern: '^-?\\d{1,12}(\\.\\d{1,2})?$', default: '0' }
  }
}
const limit = { type: 'object', properties: { limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 } } }
const items = { type: 'object', properties: { items: { type: 'array', items: project } } }

const app = Fastify({ logger: false })
app.decorateRequest('who', null)
app.get('/health', () => Promise.resolve({ status: 'ok' }))
app.get('/v1/projects/:id', { onRequest: known, schema: { response: { 200: project } } }, async (request) => {
  const row = find.get(request.who.tenant, request.params.id)
  if (!row) throw refuse(404, 'not_found')
  return shown(row)
})
app.get('/v1/projects', { onRequest: known, schema: { querystring: limit, response: { 200: items } } }, async (request) =>
  ({ items: page.all(request.who.tenant, request.query.limit).map(shown) }))
app.post('/v1/projects', { onRequest: known, schema: { body: input, response: { 201: project } } }, async (request, reply) => {
  const { name, status, budget } = request.body
  const { tenant, sub } = request.who
  const now = Date.now()
  reply.code(201)
  return shown(insert.get(randomUUID(), name, status, Math.round(Number(budget) * 100), sub, now, now, tenant))
})
app.listen({ port: Number(PORT), host: '127.0.0.1', backlog: 1024 })
