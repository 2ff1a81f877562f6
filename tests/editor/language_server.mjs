// yaml-language-server, spoken to as an editor does: JSON-RPC over its standard input and output.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

export class LanguageServer {
  #child;
  #waiting = new Map();
  #unread = Buffer.alloc(0);
  #last = 0;

  constructor(tools) {
    const program = path.join(tools, 'node_modules/yaml-language-server/out/server/src/server.js');
    this.#child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdout.on('data', (bytes) => this.#read(bytes));
  }

  async start(folder) {
    const textDocument = { completion: { completionItem: { documentationFormat: ['markdown'] } } };
    const capabilities = { workspace: { configuration: true }, textDocument };
    await this.ask('initialize', { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities });
    this.tell('initialized', {});
  }

  open(uri, text) {
    this.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
  }

  ask(method, params) {
    const id = ++this.#last;
    this.#send({ id, method, params });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  tell(method, params) {
    this.#send({ method, params });
  }

  stop() {
    this.#child.kill();
  }

  #send(message) {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #read(bytes) {
    this.#unread = Buffer.concat([this.#unread, bytes]);
    for (;;) {
      const head = this.#unread.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/.exec(this.#unread.subarray(0, head))[1]);
      if (this.#unread.length < head + 4 + length) return;
      this.#take(JSON.parse(this.#unread.subarray(head + 4, head + 4 + length)));
      this.#unread = this.#unread.subarray(head + 4 + length);
    }
  }

  #take(message) {
    const settings = { validate: true, hover: true, completion: true, schemaStore: { enable: false } };
    if (message.method === 'workspace/configuration') {
      this.#send({ id: message.id, result: message.params.items.map((item) => (item.section === 'yaml' ? settings : {})) });
    } else if (message.method && message.id !== undefined) {
      this.#send({ id: message.id, result: null });
    } else if (message.id !== undefined) {
      const { resolve, reject } = this.#waiting.get(message.id);
      message.error ? reject(new Error(message.error.message)) : resolve(message.result);
    }
  }
}
