// Runs a service, and the client that build.sh made against it; with a proxy between that holds both to the document.
//   node drive.mjs PROGRAM WORK [prism]
import { spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { freePort, startService } from '../openapi/lib/service.mjs';

const [program, folder, proxied] = process.argv.slice(2);
const work = resolve(folder);

async function answers(base, child) {
  for (let tries = 0; tries < 300 && child.exitCode === null; ++tries) {
    if (await fetch(`${base}/health`).then((answer) => answer.ok, () => false)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the proxy does not answer');
}

async function startProxy(target) {
  const port = await freePort();
  const program = join(work, 'node_modules/.bin/prism');
  const child = spawn(program, ['proxy', join(work, 'openapi.yaml'), target, '-p', String(port)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const base = `http://127.0.0.1:${port}`;
  await answers(base, child);
  return { base, stop: () => child.kill('SIGTERM') };
}

const service = await startService(program);
const proxy = proxied ? await startProxy(service.base) : undefined;
const driven = spawnSync(process.execPath, [join(work, 'built/drive.js')], {
  env: { ...process.env, BASE: proxy?.base ?? service.base },
  stdio: 'inherit',
  timeout: 120_000,
});
proxy?.stop();
const clean = await service.stop();
process.exitCode = driven.status === 0 && clean ? 0 : 1;
