// Accounts, tenants and members: each operation with what it answers when all is well and when it is not.
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

const password = 'correct horse battery';
const credentials = (email) => ({ email, password });

async function operationsOf(api) {
  await api.call('health', 200);
  await api.call('ready', 200);
  await api.call('metrics', 200);
  await api.call('openapi', 200);
  await api.call('openapi_page', 200);
  const json = await api.call('openapi_json', 200);
  if (!isDeepStrictEqual(json.body, api.document)) api.fail('openapi.json says something else than openapi.yaml');
  for (const code of api.document.components.schemas.ProblemCode.enum) await api.call('problem', 200, { params: { code } });
  await api.call('problem', 404, { params: { code: 'no_such_problem' } });
}

async function signUp(api, tenant, name) {
  const email = `${name}-${randomUUID().slice(0, 8)}@example.com`;
  const answer = await api.call('sign_up', 201, { body: { email, password, name, [tenant]: `${name} and Co` } });
  return { email, token: answer.body.access_token, refresh: answer.body.refresh_token, user: answer.body.user_id, tenant: answer.body[`${tenant}_id`] };
}

async function refusedAccounts(api, tenant, founder) {
  const taken = { email: founder.email, password, name: 'Again', [tenant]: 'Again' };
  await api.call('sign_up', 409, { body: taken });
  await api.call('sign_up', 422, { body: { email: 'nobody', password: 'short' } });
  await api.call('sign_up', 400, { raw: '{"email":', headers: { 'content-type': 'application/json' } });
  await api.call('sign_up', 415, { raw: 'email=a', headers: { 'content-type': 'text/plain' } });
  await api.call('sign_up', 413, { body: { email: 'a'.repeat(2 * 1024 * 1024) } });
  await api.call('login', 200, { body: credentials(founder.email) });
  await api.call('login', 401, { body: { email: founder.email, password: 'not the right one' } });
  await api.call('login', 401, { body: credentials('nobody@example.com') });
  await api.call('login', 422, { body: {} });
  await api.call('refresh', 401, { body: { refresh_token: 'made up' } });
  await api.call('refresh', 422, { body: {} });
  founder.token = (await api.call('refresh', 200, { body: { refresh_token: founder.refresh } })).body.access_token;
  await api.call('me', 401);
  await api.call('me', 200, { token: founder.token });
  await api.call('update_me', 401, { body: { name: 'Ada' } });
  await api.call('update_me', 200, { token: founder.token, body: { name: 'Ada' } });
  await api.call('update_me', 422, { token: founder.token, body: { name: '' } });
}

async function tenants(api, tenant, founder, stranger) {
  const names = { get: `get_${tenant}`, update: `update_${tenant}`, create: `create_${tenant}`, change: `switch_${tenant}`, leave: `leave_${tenant}` };
  const list = [...api.operations.keys()].find((id) => id.startsWith('list_') && api.operations.get(id).path === api.operations.get(names.create).path);
  const own = { id: founder.tenant };
  for (const [id, rest] of [[list, {}], [names.create, { body: { name: 'x' } }], [names.get, { params: own }], [names.update, { params: own, body: {} }], [names.change, { params: own }], [names.leave, { params: own }]]) {
    await api.call(id, 401, rest);
  }
  await api.call(list, 200, { token: founder.token });
  await api.call(list, 422, { token: founder.token, query: '?limit=0' });
  const second = await api.call(names.create, 201, { token: founder.token, body: { name: 'Second' } });
  await api.call(names.create, 422, { token: founder.token, body: { name: '' } });
  const got = await api.call(names.get, 200, { token: founder.token, params: own });
  await api.call(names.get, 304, { token: founder.token, params: own, headers: { 'if-none-match': got.headers.get('etag') } });
  await api.call(names.get, 404, { token: stranger.token, params: own });
  await api.call(names.update, 200, { token: founder.token, params: own, body: { name: 'Renamed' } });
  await api.call(names.update, 412, { token: founder.token, params: own, body: { name: 'Late' }, headers: { 'if-match': '"999"' } });
  await api.call(names.update, 404, { token: stranger.token, params: own, body: { name: 'Mine' } });
  await api.call(names.change, 200, { token: founder.token, params: { id: second.body.id } });
  await api.call(names.change, 404, { token: stranger.token, params: own });
  await api.call(names.leave, 409, { token: founder.token, params: own });
  return names;
}

async function members(api, tenant, founder, stranger, lowest) {
  const own = { id: founder.tenant };
  const guest = await signUp(api, tenant, 'guest');
  for (const [id, rest] of [['list_members', {}], ['add_member', { body: {} }], ['change_role', { body: {} }], ['remove_member', {}]]) {
    await api.call(id, 401, { params: { ...own, user_id: guest.user }, ...rest });
    await api.call(id, 404, { token: stranger.token, params: { ...own, user_id: guest.user }, ...rest, ...(rest.body ? { body: id === 'add_member' ? { email: guest.email } : { role: lowest } } : {}) });
  }
  await api.call('add_member', 201, { token: founder.token, params: own, body: { email: guest.email, role: lowest } });
  await api.call('add_member', 409, { token: founder.token, params: own, body: { email: guest.email, role: lowest } });
  await api.call('add_member', 404, { token: founder.token, params: own, body: { email: 'nobody@example.com' } });
  await api.call('add_member', 422, { token: founder.token, params: own, body: { email: guest.email, role: 'emperor' } });
  const inside = await api.call('login', 200, { body: { ...credentials(guest.email), [`${tenant}_id`]: founder.tenant } });
  guest.token = inside.body.access_token;
  await api.call('list_members', 200, { token: founder.token, params: own });
  await api.call('list_members', 422, { token: founder.token, params: own, query: '?limit=many' });
  await api.call('add_member', 403, { token: guest.token, params: own, body: { email: founder.email } });
  await api.call('change_role', 403, { token: guest.token, params: { ...own, user_id: guest.user }, body: { role: 'owner' } });
  await api.call('change_role', 200, { token: founder.token, params: { ...own, user_id: guest.user }, body: { role: lowest } });
  await api.call('change_role', 409, { token: founder.token, params: { ...own, user_id: founder.user }, body: { role: lowest } });
  await api.call('remove_member', 409, { token: founder.token, params: { ...own, user_id: founder.user } });
  const leaver = await signUp(api, tenant, 'leaver');
  await api.call('add_member', 201, { token: founder.token, params: own, body: { email: leaver.email, role: lowest } });
  await api.call(`leave_${tenant}`, 204, { token: leaver.token, params: own });
  await api.call('add_member', 201, { token: founder.token, params: own, body: { email: leaver.email, role: lowest } });
  await api.call('remove_member', 204, { token: founder.token, params: { ...own, user_id: leaver.user } });
  return guest;
}

export async function accounts(api) {
  await operationsOf(api);
  const change = [...api.operations.keys()].find((id) => id.startsWith('switch_'));
  const tenant = change.slice('switch_'.length);
  const founder = await signUp(api, tenant, 'founder');
  const stranger = await signUp(api, tenant, 'stranger');
  await refusedAccounts(api, tenant, founder);
  await tenants(api, tenant, founder, stranger);
  const roles = api.document.components.schemas.RoleChange.properties.role;
  const names = (api.follow(roles).enum ?? ['owner']);
  const guest = await members(api, tenant, founder, stranger, names[names.length - 1]);
  await goodbye(api, tenant);
  return { founder, stranger, guest };
}

async function goodbye(api, tenant) {
  const visitor = await signUp(api, tenant, 'visitor');
  await api.call('change_password', 401, { body: { current_password: password, new_password: 'another good secret' } });
  await api.call('change_password', 422, { token: visitor.token, body: { current_password: password, new_password: 'short' } });
  await api.call('change_password', 204, { token: visitor.token, body: { current_password: password, new_password: 'another good secret' } });
  const again = await api.call('login', 200, { body: { email: visitor.email, password: 'another good secret' } });
  await api.call('logout', 401);
  await api.call('logout', 204, { token: again.body.access_token });
  await api.call('me', 401, { token: again.body.access_token });
}
