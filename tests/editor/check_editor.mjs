// check_editor.mjs TOOLS TENON WORK: in a fresh project, over each key that can be generated the editor shows what that
// key means, and it proposes no key that cannot be generated yet.
import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { LanguageServer } from './language_server.mjs';

const [tools, tenon, work] = process.argv.slice(2);
fs.rmSync(work, { recursive: true, force: true });
fs.mkdirSync(work, { recursive: true });
execFileSync(tenon, ['new', 'shop'], { cwd: work });
// As one has it who was given a spec: the schema beside it comes with the project.
fs.rmSync(path.join(work, 'shop/spec.schema.json'));
execFileSync(tenon, ['generate', 'shop/spec.yaml', '--out', 'project'], { cwd: work });
const project = path.join(work, 'project');
const text = fs
  .readFileSync(path.join(project, 'spec.yaml'), 'utf8')
  .replace('      project: ref Project', '      project: {type: ref Project, on_delete: cascade}')
  .concat('    indexes: [[status, project]]\n    unique: [title]\ndeploy: [docker]\n');
const schema = JSON.parse(fs.readFileSync(path.join(project, 'spec.schema.json'), 'utf8'));

const server = new LanguageServer(tools);
const late = setTimeout(() => assert.fail('the language server does not answer'), 60_000);
try {
  await server.start(project);
  const uri = pathToFileURL(path.join(project, 'spec.yaml')).href;
  server.open(uri, text);
  const place = (offset) => {
    const lines = text.slice(0, offset).split('\n');
    return { line: lines.length - 1, character: lines.at(-1).length };
  };
  const hover = async (word) => {
    const at = text.search(new RegExp(`\\b${word}:`));
    assert.ok(at >= 0, `the spec has no ${word}`);
    const shown = await server.ask('textDocument/hover', { textDocument: { uri }, position: place(at + 1) });
    return (shown?.contents.value ?? '').replaceAll('\\', '');
  };
  const { properties: top, definitions } = schema;
  const groups = [
    [top, ['service', 'tenant', 'auth', 'roles', 'entities', 'deploy']],
    [top.service.anyOf[1].properties, ['title']],
    [top.auth.properties, ['password', 'tokens']],
    [top.auth.properties.tokens.properties, ['refresh']],
    [top.roles.additionalProperties.anyOf[1].properties, ['inherits']],
    [definitions.entity.properties, ['indexes', 'unique']],
    [definitions.field_map.properties, ['on_delete']],
    [definitions.access.properties, ['read', 'create', 'update', 'delete']],
    [definitions.list.properties, ['filter', 'search', 'sort']],
  ];
  for (const [properties, keys] of groups) {
    for (const key of keys) {
      const shown = await hover(key);
      assert.ok(shown.includes(properties[key].description), `over '${key}' it shows: ${shown}`);
    }
  }
  const asked = { textDocument: { uri }, position: { line: text.split('\n').length - 1, character: 0 } };
  const completion = await server.ask('textDocument/completion', asked);
  const proposed = completion.items.map((item) => item.label);
  const marked = Object.keys(top).filter((key) => top[key].doNotSuggest);
  assert.ok(marked.length > 5);
  assert.deepEqual(proposed.filter((key) => marked.includes(key)), []);
} finally {
  clearTimeout(late);
  server.stop();
}
