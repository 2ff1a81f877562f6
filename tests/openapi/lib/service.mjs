// A generated service on a free port, with a database of its own.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export async function startService(program) {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-openapi-'));
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    DATABASE_URL: `sqlite:${join(folder, 'service.db')}`,
    TOKEN_SECRET: 'a secret of more than thirty-two bytes, for tests',
    PASSWORD_MEMORY_KIB: '8192',
    PASSWORD_PASSES: '1',
    LOG_LEVEL: 'warn',
    RATE_LIMIT_AUTH_IP: '100000/1s',
    RATE_LIMIT_AUTH_ACCOUNT: '100000/1s',
    RATE_LIMIT_METRICS: '100000/1s',
  };
  const migrated = spawnSync(program, ['migrate', 'up'], { env, encoding: 'utf8' });
  if (migrated.status !== 0) throw new Error(`migrate up failed: ${migrated.stderr ?? migrated.error}`);
  const child = spawn(program, ['serve'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const base = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; ++tries) {
    const ready = await fetch(`${base}/ready`).then((r) => r.ok, () => false);
    if (ready) break;
    if (tries > 200 || child.exitCode !== null) throw new Error('the service did not become ready');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    base,
    async stop() {
      child.kill('SIGTERM');
      const code = await ended;
      rmSync(folder, { recursive: true, force: true });
      return code === 0;
    },
  };
}
