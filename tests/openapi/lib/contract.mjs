// The API as its document describes it: sends requests by operation, and judges each answer.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const verbs = ['get', 'put', 'post', 'patch', 'delete'];

export function contract(text, tools, base) {
  const require = createRequire(join(resolve(tools), 'package.json'));
  const Ajv = require('ajv/dist/2020').default;
  const addFormats = require('ajv-formats').default;
  const document = require('yaml').parse(text);
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ ...document, $id: 'api' }, 'api');

  const operations = new Map();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const verb of verbs) {
      if (item[verb]) operations.set(item[verb].operationId, { path, verb, ...item[verb], seen: new Map() });
    }
  }
  const faults = [];
  const fail = (message) => faults.push(message);
  const follow = (node) => {
    let pointer = '';
    while (node?.$ref) {
      pointer = node.$ref;
      node = pointer.slice(2).split('/').reduce((at, part) => at[part.replaceAll('~1', '/').replaceAll('~0', '~')], document);
    }
    return node;
  };
  const escaped = (part) => part.replaceAll('~', '~0').replaceAll('/', '~1');
  const validators = new Map();
  const validator = (pointer) => {
    if (!validators.has(pointer)) validators.set(pointer, ajv.compile({ $ref: `api#${encodeURI(pointer)}` }));
    return validators.get(pointer);
  };

  function judge(operation, where, answer, body) {
    const key = String(answer.status) in operation.responses ? String(answer.status) : 'default';
    const written = operation.responses[key];
    if (!written) return fail(`${where}: status ${answer.status} is not described`);
    if (key === 'default' && answer.status < 400) return fail(`${where}: success ${answer.status} is not described`);
    const described = follow(written);
    for (const [name, header] of Object.entries(described.headers ?? {})) {
      const optional = key === 'default' || !follow(header).required;
      if (!optional && !answer.headers.has(name)) fail(`${where}: ${answer.status} without ${name}`);
    }
    if (!answer.headers.has('x-request-id')) fail(`${where}: ${answer.status} without X-Request-Id`);
    const types = Object.keys(described.content ?? {});
    if (types.length === 0) {
      if (body !== '') fail(`${where}: ${answer.status} should have no body`);
      return;
    }
    const type = (answer.headers.get('content-type') ?? '').split(';')[0].trim();
    if (!types.includes(type)) return fail(`${where}: ${answer.status} is ${type || 'of no type'}, not ${types.join(' or ')}`);
    if (!type.endsWith('json')) return;
    const root = written.$ref
      ? written.$ref.slice(1)
      : `/paths/${escaped(operation.path)}/${operation.verb}/responses/${key}`;
    const valid = validator(`${root}/content/${escaped(type)}/schema`);
    if (!valid(JSON.parse(body))) fail(`${where}: ${answer.status} ${ajv.errorsText(valid.errors)} in ${body.slice(0, 300)}`);
  }

  // Sends one request; `expected` is a status or a list of them.
  async function call(id, expected, { params = {}, query = '', body, raw, token, headers = {} } = {}) {
    const operation = operations.get(id);
    if (!operation) throw new Error(`no operation ${id}`);
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name]));
    const sent = { ...headers };
    if (token) sent.authorization = `Bearer ${token}`;
    if (body !== undefined) sent['content-type'] ??= 'application/json';
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await fetch(base + path + query, { method: operation.verb.toUpperCase(), headers: sent, body: payload });
    const text = await answer.text();
    const where = `${id} ${path}${query}`;
    if (![expected].flat().includes(answer.status)) fail(`${where}: ${answer.status}, not ${expected}: ${text.slice(0, 400)}`);
    operation.seen.set(answer.status, (operation.seen.get(answer.status) ?? 0) + 1);
    judge(operation, where, answer, text);
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    return { status: answer.status, headers: answer.headers, body: isJson && text ? JSON.parse(text) : text };
  }

  // Every operation must have succeeded at least once, and one that needs a token must have refused without.
  function report() {
    for (const [id, operation] of operations) {
      const seen = [...operation.seen.keys()].sort();
      console.log(`${id.padEnd(28)} ${seen.join(' ')}`);
      if (!seen.some((status) => status < 300)) fail(`${id}: no success was seen`);
      const open = (operation.security ?? document.security).some((one) => Object.keys(one).length === 0) ||
        operation.security?.length === 0;
      if (!open && !seen.includes(401)) fail(`${id}: no 401 was seen`);
    }
    const total = [...operations.values()].flatMap((o) => [...o.seen.values()]).reduce((a, b) => a + b, 0);
    for (const fault of faults) console.error(`FAILED ${fault}`);
    console.log(`${total} answers of ${operations.size} operations, ${faults.length} faults`);
    return faults.length === 0;
  }

  return { document, operations, call, fail, follow, report };
}
