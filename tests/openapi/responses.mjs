// Runs a generated service and holds every answer against its openapi.yaml: status, content type, headers, body.
//   node responses.mjs PROGRAM OPENAPI TOOLS     TOOLS is where install.sh put ajv and yaml
import { readFileSync } from 'node:fs';
import { contract } from './lib/contract.mjs';
import { startService } from './lib/service.mjs';
import { accounts } from './lib/accounts.mjs';
import { entities } from './lib/entities.mjs';

const [program, openapi, tools] = process.argv.slice(2);
const service = await startService(program);
const api = contract(readFileSync(openapi, 'utf8'), tools, service.base);
try {
  const people = await accounts(api);
  await entities(api, people);
  await api.farewell?.();
} catch (error) {
  api.fail(`stopped: ${error.stack}`);
}
const clean = await service.stop();
if (!clean) api.fail('the service did not end with 0 on SIGTERM');
process.exitCode = api.report() ? 0 : 1;
