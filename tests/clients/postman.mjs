// Makes a Postman collection of a document, and runs it from top to bottom against the service.
//   node postman.mjs PROGRAM OPENAPI TOOLS
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { startService } from '../openapi/lib/service.mjs';

const [program, openapi, tools] = process.argv.slice(2);
const require = createRequire(join(resolve(tools), 'package.json'));
const converter = require('openapi-to-postmanv2');
const newman = require('newman');
const document = readFileSync(openapi, 'utf8');

function converted() {
  const options = { folderStrategy: 'Tags', requestParametersResolution: 'Example', enableOptionalParameters: false };
  return new Promise((done, failed) => {
    converter.convert({ type: 'string', data: document }, options, (error, made) => {
      if (error || !made.result) return failed(error ?? new Error(made.reason));
      done(made.output[0].data);
    });
  });
}

const login = {
  method: 'POST',
  header: { 'Content-Type': 'application/json' },
  body: { mode: 'raw', raw: JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' }) },
};

const leaves = (items) => items.flatMap((item) => (item.item ? leaves(item.item) : [item]));
const pathOf = (item) => `/${item.request.url.path.join('/')}`;

// Examples name ids that are nobody's: those of what the collection has made before take their place.
function chain(collection) {
  for (const item of leaves(collection.item)) {
    const path = pathOf(item);
    const collections = path.match(/^\/v1\/(.+?)(?:\/:|$)/)?.[1].replaceAll('/', '_');
    for (const variable of item.request.url.variable ?? []) {
      if (variable.key === 'id') variable.value = `{{${collections}}}`;
      if (variable.key === 'user_id') variable.value = '{{grace}}';
      if (variable.key === 'code') variable.value = 'unique';
    }
    const raw = item.request.body?.raw;
    const made = { project_id: 'projects', task_id: 'tasks', assignee_id: 'user', workspace_id: 'workspaces', refresh_token: 'refresh' };
    for (const [member, variable] of Object.entries(raw ? made : {})) {
      item.request.body.raw = item.request.body.raw.replace(new RegExp(`"${member}": "[^"]*"`), `"${member}": "{{${variable}}}"`);
    }
    if (path === '/v1/auth/login') item.request.body.raw = JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' });
    item.event = [{ listen: 'test', script: { type: 'text/javascript', exec: scripts(item, path, collections) } }];
    item.request.auth = undefined;
  }
  collection.auth = { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] };
}

// What each answer must be, and what later requests need of it.
function scripts(item, path, collections) {
  const method = item.request.method;
  const refused = path.endsWith('/leave') ? 409 : undefined;
  const lines = [`pm.test('${method} ${path}', () => {`];
  lines.push(refused ? `  pm.expect(pm.response.code).to.equal(${refused});` : '  pm.expect(pm.response.code).to.be.within(200, 299);', '});');
  lines.push("let body = {}; try { body = pm.response.json(); } catch (e) { body = {}; }");
  lines.push(
    'const keep = (tokens) => {',
    "  if (!tokens.access_token) return;",
    "  const made = { token: tokens.access_token, refresh: tokens.refresh_token, user: tokens.user_id, workspaces: tokens.workspace_id };",
    '  for (const [name, value] of Object.entries(made)) pm.collectionVariables.set(name, value);',
    '};',
    'keep(body);',
  );
  const entity = method === 'POST' && collections !== 'workspaces' && !path.includes('/:');
  if (entity) lines.push(`if (body.id) pm.collectionVariables.set('${collections}', body.id);`);
  // Whoever signs out has to sign in again for what follows.
  if (path === '/v1/auth/logout') lines.push(`pm.sendRequest({ ...${JSON.stringify(login)}, url: pm.collectionVariables.get('baseUrl') + '/v1/auth/login' }, (error, answer) => keep(answer.json()));`);
  return lines;
}

const call = async (base, path, body) => (await fetch(base + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();

const service = await startService(program);
const collection = await converted();
chain(collection);
const grace = await call(service.base, '/v1/auth/sign-up', { email: 'grace@example.com', password: 'correct horse battery', name: 'Grace', workspace: 'Navy' });
collection.variable = [
  { key: 'baseUrl', value: service.base },
  { key: 'grace', value: grace.user_id },
];
const summary = await new Promise((done, failed) =>
  newman.run({ collection, reporters: ['cli'], reporter: { cli: { noSuccessAssertions: true, noBanner: true } } }, (error, result) => (error ? failed(error) : done(result))),
);
const clean = await service.stop();
console.log(`${summary.run.stats.requests.total} requests, ${summary.run.failures.length} failures`);
process.exitCode = clean && summary.run.failures.length === 0 && summary.run.stats.requests.total > 0 ? 0 : 1;
