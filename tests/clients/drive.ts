// A client as an application writes it: types from the document, money that may be null, enums, pages, problems.
//   BASE=http://127.0.0.1:8080 node drive.js
// Behind a validating proxy every violation that the proxy reports counts, unless the request was meant to be wrong.
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { components, paths } from './types.js';

type Project = components['schemas']['Project'];
type NewProject = components['schemas']['NewProject'];
type Money = components['schemas']['Money'];
type Problem = components['schemas']['Problem'];

const violations: string[] = [];
let meantWrong = false;
let token = '';

async function judged(request: Request): Promise<Response> {
  if (token !== '') request.headers.set('authorization', `Bearer ${token}`);
  const answer = await fetch(request);
  const told = answer.headers.get('sl-violations');
  for (const one of told === null ? [] : (JSON.parse(told) as { location: string[]; message: string }[])) {
    if (one.location[0] === 'response' || !meantWrong) violations.push(`${request.method} ${request.url}: ${JSON.stringify(one)}`);
  }
  return answer;
}

const api = createClient<paths>({ baseUrl: process.env['BASE'] ?? '', fetch: judged });

async function wrong<T>(call: () => Promise<T>): Promise<T> {
  meantWrong = true;
  try {
    return await call();
  } finally {
    meantWrong = false;
  }
}

function there<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

function shown(money: Money | null): string {
  return money === null ? 'none' : `${(money.amount / 100).toFixed(2)} ${money.currency}`;
}

async function signUp(name: string): Promise<void> {
  const email = `${name}-${Date.now()}@example.com`;
  const body = { email, password: 'correct horse battery', name, workspace: `${name} and Co` };
  token = there(await api.POST('/v1/auth/sign-up', { body })).access_token;
  const role: components['schemas']['Role'] | undefined = there(await api.GET('/v1/me')).workspaces[0]?.role;
  assert.equal(role, 'owner');
}

async function records(): Promise<Project[]> {
  // Fields with defaults need not be given, and null is a value of what may be empty.
  const lean: NewProject = { name: 'Lean', code: 'LEAN' };
  const full: NewProject = { name: 'Full', code: 'FULL', status: 'active', budget: { amount: 1999, currency: 'EUR' }, starts_on: '2026-03-01', labels: ['red', 'blue'] };
  const bare: NewProject = { name: 'Bare', code: 'BARE', budget: null, summary: null };
  const made: Project[] = [];
  for (const body of [lean, full, bare]) made.push(there(await api.POST('/v1/projects', { body })));
  assert.deepEqual(made.map((one) => shown(one.budget)), ['none', '19.99 EUR', 'none']);
  const status: components['schemas']['ProjectStatus'][] = made.map((one) => one.status);
  assert.deepEqual(status, ['planned', 'active', 'planned']);
  return made;
}

async function pages(made: Project[]): Promise<void> {
  const seen: string[] = [];
  let cursor: string | null | undefined;
  do {
    const query = cursor == null ? { limit: 1 } : { limit: 1, cursor };
    const page: components['schemas']['ProjectList'] = there(await api.GET('/v1/projects', { params: { query } }));
    assert.ok(page.items.length <= 1);
    seen.push(...page.items.map((one) => one.id));
    cursor = page.next_cursor;
  } while (cursor !== null);
  assert.deepEqual(seen.sort(), made.map((one) => one.id).sort());
  const several = there(await api.GET('/v1/projects', { params: { query: { status: ['active', 'done'] } } }));
  assert.deepEqual(several.items.map((one) => one.name), ['Full']);
}

async function changes(project: Project): Promise<void> {
  const params = { path: { id: project.id } };
  const changed = there(await api.PATCH('/v1/projects/{id}', { params, body: { budget: { amount: 5, currency: 'USD' }, status: 'done' } }));
  assert.equal(shown(changed.budget), '0.05 USD');
  const same = there(await api.PATCH('/v1/projects/{id}', { params, body: {} }));
  assert.equal(same.version, changed.version);
  assert.equal(there(await api.PATCH('/v1/projects/{id}', { params, body: { budget: null } })).budget, null);
}

async function problems(project: Project): Promise<void> {
  const codeOf = (problem: Problem | undefined): components['schemas']['ProblemCode'] | undefined => problem?.code;
  const taken = await api.POST('/v1/projects', { body: { name: 'Again', code: project.code } });
  assert.equal(codeOf(taken.error), 'unique');
  const invalid = await wrong(() => api.POST('/v1/projects', { body: { name: '', code: 'x', budget: { amount: 1, currency: 'money' } } }));
  assert.equal(codeOf(invalid.error), 'invalid');
  assert.ok(invalid.error?.errors?.some((one) => one.pointer === '/name'));
  const params = { path: { id: project.id }, header: { 'If-Match': '"999"' } };
  const stale = await api.PATCH('/v1/projects/{id}', { params, body: { name: 'Late' } });
  assert.equal(codeOf(stale.error), 'stale_version');
  const nowhere = await api.GET('/v1/projects/{id}', { params: { path: { id: '018f4f7e-7b1c-7c3a-9d2e-00000000dead' } } });
  assert.equal(codeOf(nowhere.error), 'not_found');
  token = '';
  const nobody = await wrong(() => api.GET('/v1/me'));
  assert.equal(codeOf(nobody.error), 'unauthorized');
}

await signUp('ada');
const made = await records();
await pages(made);
await changes(made[0]!);
await problems(made[1]!);
for (const one of violations) console.error(`VIOLATION ${one}`);
console.log(`${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
