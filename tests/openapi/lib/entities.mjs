// Every entity of the document: its operations with what they answer when all is well and when it is not.
import { randomUUID } from 'node:crypto';

const words = (pascal) => pascal.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

// The entities in an order in which each can be created: what it must refer to comes first.
function describe(api) {
  const all = [];
  for (const [id, operation] of api.operations) {
    const body = operation.requestBody?.content?.['application/json']?.schema?.$ref ?? '';
    const name = body.match(/\/New(\w+)$/)?.[1];
    if (operation.verb !== 'post' || !name || !id.startsWith('create_') || !api.document.components.schemas[`${name}Changes`]) continue;
    const snake = id.slice('create_'.length);
    if (!api.operations.has(`delete_${snake}`)) continue;
    const list = [...api.operations.values()].find((o) => o.path === operation.path && o.verb === 'get').operationId;
    all.push({ name, snake, list, schema: api.document.components.schemas[`New${name}`], changes: api.document.components.schemas[`${name}Changes`] });
  }
  return all;
}

function targetOf(property) {
  return (property.description ?? '').match(/The id of an? ([a-z0-9 ]+?)(?: of the .*)?\./)?.[1];
}

// The example of a schema, with real ids in place of the references.
function bodyFrom(schema, made, people) {
  const body = structuredClone(schema.examples?.[0] ?? {});
  for (const [member, property] of Object.entries(schema.properties)) {
    const target = targetOf(property);
    if (!target || !(member in body)) continue;
    if (target === 'member' || target === 'user') body[member] = people.founder.user;
    else if (made.has(target)) body[member] = made.get(target);
    else if ((schema.required ?? []).includes(member)) return undefined;
    else delete body[member];
  }
  return body;
}

async function create(api, entity, made, people) {
  const body = bodyFrom(entity.schema, made, people);
  if (body === undefined) return undefined;
  const id = `create_${entity.snake}`;
  const token = people.founder.token;
  await api.call(id, 401, { body });
  await api.call(id, 422, { token, body: { ...body, no_such_member: 1 } });
  await api.call(id, 422, { token, body: Object.fromEntries(Object.keys(body).map((member) => [member, { wrong: true }])) });
  await api.call(id, 400, { token, raw: '{"a": ', headers: { 'content-type': 'application/json' } });
  await api.call(id, 400, { token, raw: '', headers: { 'content-type': 'application/json' } });
  await api.call(id, 415, { token, raw: 'a', headers: { 'content-type': 'text/plain' } });
  await api.call(id, 413, { token, raw: 'x'.repeat(2 * 1024 * 1024), headers: { 'content-type': 'application/json' } });
  await api.call(id, [403, 201, 409], { token: people.guest.token, body });
  const created = await api.call(id, [201, 409], { token, body });
  if (created.status === 201) {
    // Gone while nothing refers to it, and made once more: its unique values are free again.
    await api.call(`delete_${entity.snake}`, 204, { token, params: { id: created.body.id } });
    return api.call(id, 201, { token, body });
  }
  // The guest was allowed to, and a unique value is taken: that record will do.
  const found = await api.call(entity.list, 200, { token });
  const one = found.body.items[0];
  return api.call(`get_${entity.snake}`, 200, { token, params: { id: one.id } });
}

async function lists(api, entity, people) {
  const token = people.founder.token;
  await api.call(entity.list, 401);
  await api.call(entity.list, 200, { token: people.guest.token });
  const page = await api.call(entity.list, 200, { token, query: '?limit=1' });
  if (page.body.next_cursor) await api.call(entity.list, 200, { token, query: `?limit=1&cursor=${page.body.next_cursor}` });
  await api.call(entity.list, 422, { token, query: '?limit=101' });
  await api.call(entity.list, 422, { token, query: '?no_such_parameter=1' });
  await api.call(entity.list, 400, { token, query: '?cursor=made-up' });
  const parameters = (api.operations.get(entity.list).parameters ?? []).map(api.follow).filter((p) => p.in === 'query');
  for (const parameter of parameters) {
    const one = api.follow(parameter.schema.items ?? parameter.schema);
    const values = (one.enum ?? one.anyOf?.map((schema) => schema.const) ?? []).filter((value) => value !== undefined);
    for (const value of values) {
      await api.call(entity.list, 200, { token, query: `?${parameter.name}=${encodeURIComponent(value)}` });
    }
    if (parameter.schema.type === 'array' && values.length > 1) {
      await api.call(entity.list, 200, { token, query: `?${parameter.name}=${values[0]}&${parameter.name}=${values[1]}` });
    }
  }
  const usual = parameters.find((parameter) => parameter.name === 'sort').schema.default;
  const asked = await api.call(entity.list, 200, { token, query: `?sort=${usual}` });
  const unasked = await api.call(entity.list, 200, { token });
  const order = (answer) => answer.body.items.map((item) => item.id).join();
  if (order(asked) !== order(unasked)) api.fail(`${entity.list}: the usual order is not ${usual}`);
}

async function change(api, entity, record, made, people) {
  const token = people.founder.token;
  const params = { id: record.body.id };
  const nowhere = { id: randomUUID() };
  const [get, update] = [`get_${entity.snake}`, `update_${entity.snake}`];
  const got = await api.call(get, 200, { token, params });
  await api.call(get, 304, { token, params, headers: { 'if-none-match': got.headers.get('etag') } });
  await api.call(get, 401, { params });
  await api.call(get, 404, { token, params: nowhere });
  await api.call(get, [400, 404], { token, params: { id: 'no-uuid' } });
  await api.call(get, 404, { token: people.stranger.token, params });
  const body = bodyFrom(entity.changes, made, people) ?? {};
  await api.call(update, 401, { params, body: {} });
  await api.call(update, 404, { token, params: nowhere, body: {} });
  await api.call(update, 404, { token: people.stranger.token, params, body: {} });
  await api.call(update, 422, { token, params, body: { no_such_member: 1 } });
  await api.call(update, [200, 403], { token, params, body });
  await api.call(update, [412, 403], { token, params, body, headers: { 'if-match': '"999"' } });
  await api.call(update, [200, 403], { token: people.guest.token, params, body });
}

async function remove(api, entity, record, people) {
  const token = people.founder.token;
  const params = { id: record.body.id };
  const [drop, restore] = [`delete_${entity.snake}`, `restore_${entity.snake}`];
  await api.call(drop, 401, { params });
  await api.call(drop, 404, { token: people.stranger.token, params });
  await api.call(drop, 412, { token, params, headers: { 'if-match': '"999"' } });
  if (!api.operations.has(restore)) {
    await api.call(drop, [204, 409], { token, params });
    return;
  }
  await api.call(restore, 401, { params });
  await api.call(drop, [204, 409], { token, params });
  await api.call(restore, [200, 404], { token, params });
  await api.call(restore, 404, { token, params: { id: randomUUID() } });
  await api.call(drop, [204, 409], { token, params });
}

export async function entities(api, people) {
  const made = new Map();
  const records = [];
  let waiting = describe(api);
  if (waiting.length === 0) api.fail('the document has no entity');
  while (waiting.length > 0) {
    const later = [];
    for (const entity of waiting) {
      const record = await create(api, entity, made, people);
      if (record === undefined) {
        later.push(entity);
        continue;
      }
      made.set(words(entity.name), record.body.id);
      records.push([entity, record]);
    }
    if (later.length === waiting.length) return api.fail(`cannot create ${later.map((e) => e.name)}`);
    waiting = later;
  }
  for (const [entity, record] of records) {
    await lists(api, entity, people);
    await change(api, entity, record, made, people);
  }
  // Those that refer to others go first, so that nothing is held back by what refers to it.
  for (const [entity, record] of records.reverse()) await remove(api, entity, record, people);
}
