// Types and trusted documents out of the checked-in schema and the .graphql files beside the screens.
//
// Each workspace that asks anything gets `src/gql.ts`: for every operation a constant that is nothing but the
// SHA-256 of its printed text, branded with the types of its answer and variables. The texts themselves go into
// documents.json for the server; no client carries them.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as operationTypes from '@graphql-codegen/typescript-operations';
import { Kind, buildSchema, parse, print, validate, visit } from 'graphql';

const web = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const schemaFile = resolve(web, '../../graphql/schema.graphql');
const outputFile = resolve(web, '../anhuan_portal/web/documents.json');
const scalars = { UUID: 'string', DateTime: 'string', Date: 'string', JSON: 'unknown' };

const schema = buildSchema(readFileSync(schemaFile, 'utf8'));
const schemaDocument = parse(readFileSync(schemaFile, 'utf8'));
const workspaces = ['packages', 'apps'].flatMap((group) =>
  existsSync(join(web, group)) ? readdirSync(join(web, group)).map((name) => join(group, name)) : [],
);

const files = workspaces.flatMap((workspace) =>
  list(join(web, workspace, 'src')).map((path) => ({
    workspace,
    path: relative(web, path),
    document: parse(readFileSync(path, 'utf8')),
  })),
);
const fragments = new Map();
for (const { path, document } of files)
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      if (fragments.has(definition.name.value)) fail(`${path}: fragment ${definition.name.value} exists twice`);
      fragments.set(definition.name.value, definition);
    }

const trusted = {};
const names = new Map();
for (const workspace of workspaces) {
  const own = files.filter((file) => file.workspace === workspace);
  if (!own.length) continue;
  const constants = [];
  for (const { path, document } of own)
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const name = definition.name?.value;
      if (!name) fail(`${path}: an operation without a name`);
      if (names.has(name)) fail(`${path}: ${name} is also in ${names.get(name)}`);
      names.set(name, path);
      const whole = { kind: Kind.DOCUMENT, definitions: [definition, ...closure(definition)] };
      const problems = validate(schema, whole);
      if (problems.length) fail(`${path}: ${problems.map((problem) => problem.message).join('; ')}`);
      const text = print(whole);
      const hash = createHash('sha256').update(text).digest('hex');
      trusted[hash] = text;
      const kind = definition.operation[0].toUpperCase() + definition.operation.slice(1);
      constants.push(`export const ${name} = '${hash}' as Document<${name}${kind}, ${name}${kind}Variables>;`);
    }
  const foreign = [...fragments.values()].filter(
    (fragment) => !own.some(({ document }) => document.definitions.includes(fragment)),
  );
  const types = await codegen({
    schema: schemaDocument,
    schemaAst: schema,
    filename: 'gql.ts',
    documents: [
      ...own.map(({ path, document }) => ({ location: path, document })),
      ...foreign.map((fragment) => ({ location: 'shared', document: { kind: Kind.DOCUMENT, definitions: [fragment] } })),
    ],
    config: {},
    plugins: [
      { operations: { skipTypename: true, enumsAsTypes: true, enumType: 'string-literal', scalars, strictScalars: true, useTypeImports: true, avoidOptionals: false } },
    ],
    pluginMap: { operations: operationTypes },
  });
  const head = `// Made by build/codegen.mjs out of the schema and the .graphql files here; never edited.\nimport type { Document } from '@anhuan/wire/document';\n\n`;
  keep(join(web, workspace, 'src/gql.ts'), `${head}${types}\n${constants.join('\n')}\n`);
}
mkdirSync(dirname(outputFile), { recursive: true });
keep(outputFile, `${JSON.stringify(trusted, null, 1)}\n`);

/** Every fragment that a node needs, through others. */
function closure(root) {
  const found = new Set();
  const look = (node) =>
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value) ?? fail(`fragment ${name.value} does not exist`);
        if (!found.has(fragment)) {
          found.add(fragment);
          look(fragment);
        }
      },
    });
  look(root);
  return [...found];
}

function list(folder) {
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.graphql')).sort().map((name) => join(folder, name)) : [];
}

/** Write only what changed, so that a watching build is not woken for nothing. */
function keep(path, text) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}

function fail(message) {
  process.stderr.write(`codegen: ${message}\n`);
  process.exit(1);
}
