// The bench's service as one would write it by hand with Fastify and postgres.js: one process a core, prepared
// statements, response schemas, and the driver's pipelining of set_config with the query.
import cluster from 'node:cluster'
import Fastify from 'fastify'
import { createVerifier } from 'fast-jwt'
import postgres from 'postgres'

const { DATABASE_URL, JWT_SECRET, PORT } = process.env
const workers = Number(process.env.WORKERS ?? 2)
const connections = Math.max(1, Math.floor(Number(process.env.DB_CONNECTIONS ?? 16) / workers))

const roles = { owner: 'rcud', admin: 'rcud', member: 'rcu', viewer: 'r' }
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function serve () {
  const as = (from) => ({ to: from, from: [from], serialize: (v) => v, parse: (v) => v })
  const sql = postgres(DATABASE_URL, { max: connections, types: { timestamptz: as(1184) } })
  const columns = sql`id, name, status, budget, created_by, created_at, updated_at, version`
  const inTenant = async (tenant, query) =>
    (await sql.begin((tx) => [tx`SELECT set_config('app.tenant', ${tenant}, true)`, query(tx)]))[1]

  const verify = createVerifier({ key: JWT_SECRET, algorithms: ['HS256'], cache: false })
  const refuse = (status, code) => Object.assign(new Error(code), { statusCode: status })
  const may = (action) => (request, reply, done) => {
    const header = request.headers.authorization ?? ''
    let claims
    try { claims = verify(header.startsWith('Bearer ') ? header.slice(7) : '') } catch { return done(refuse(401, 'unauthorized')) }
    if (!uuid.test(claims.tenant) || !uuid.test(claims.sub)) return done(refuse(401, 'unauthorized'))
    if (!roles[claims.role]?.includes(action)) return done(refuse(403, 'forbidden'))
    request.who = claims
    done()
  }

  const text = { type: 'string' }
  const project = {
    type: 'object',
    properties: {
      id: text, name: text, status: text, budget: text, created_by: text, created_at: text, updated_at: text, version: { type: 'integer' }
    }
  }
  const page = { type: 'object', properties: { items: { type: 'array', items: project }, next_cursor: { type: 'string', nullable: true } } }
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

  const app = Fastify({ logger: false })
  app.decorateRequest('who', null)
  app.get('/health', { schema: { response: { 200: { type: 'object', properties: { status: text } } } } }, () => Promise.resolve({ status: 'ok' }))
  app.get('/v1/projects/:id', { onRequest: may('r'), schema: { response: { 200: project } } }, async (request) => {
    const { id } = request.params
    if (!uuid.test(id)) throw refuse(404, 'not_found')
    const rows = await inTenant(request.who.tenant, (tx) =>
      tx`SELECT ${columns} FROM projects WHERE organization_id = ${request.who.tenant} AND id = ${id}`)
    if (rows.length === 0) throw refuse(404, 'not_found')
    return rows[0]
  })
  const query = { type: 'object', properties: { limit: { type: 'integer', minimum: 1, maximum: 100, default: 20 }, cursor: text, sort: text } }
  app.get('/v1/projects', { onRequest: may('r'), schema: { querystring: query, response: { 200: page } } }, async (request) => {
    const { limit, cursor } = request.query
    const tenant = request.who.tenant
    let at, last
    if (cursor) [at, last] = Buffer.from(cursor, 'base64url').toString().split('|')
    if (cursor && !uuid.test(last)) throw refuse(400, 'bad_cursor')
    const rows = await inTenant(tenant, (tx) => cursor
      ? tx`SELECT ${columns} FROM projects WHERE organization_id = ${tenant} AND (created_at, id) > (${at}, ${last})
           ORDER BY created_at, id LIMIT ${limit + 1}`
      : tx`SELECT ${columns} FROM projects WHERE organization_id = ${tenant} ORDER BY created_at, id LIMIT ${limit + 1}`)
    const items = rows.slice(0, limit)
    const end = rows.length > limit ? items[limit - 1] : null
    return { items, next_cursor: end && Buffer.from(`${end.created_at}|${end.id}`).toString('base64url') }
  })
  app.post('/v1/projects', { onRequest: may('c'), schema: { body: input, response: { 201: project } } }, async (request, reply) => {
    const { tenant, sub } = request.who
    const { name, status, budget } = request.body
    const rows = await inTenant(tenant, (tx) =>
      tx`INSERT INTO projects (id, organization_id, name, status, budget, created_by, created_at, updated_at)
         VALUES (gen_random_uuid(), ${tenant}, ${name}, ${status}, ${budget}, ${sub}, now(), now()) RETURNING ${columns}`)
    reply.code(201)
    return rows[0]
  })
  app.listen({ port: Number(PORT), host: '127.0.0.1', backlog: 1024 })
}

if (cluster.isPrimary) {
  for (let i = 0; i < workers; i++) cluster.fork()
  process.on('SIGTERM', () => {
    for (const worker of Object.values(cluster.workers)) worker.kill()
    process.exit(0)
  })
} else {
  serve()
}
