// What old webviews (Chrome 69, Safari 13) cannot read or do, looked for in what was built for phones.
//
// The compiler lowers syntax only; interfaces and style sheets come out as they were written. An interface that is
// asked for first (`typeof structuredClone`, `crypto.randomUUID ? … : …`) in the same file may be used there; one that
// the app brings along (`window.queueMicrotask = …`) may be used everywhere in it.
//
//   node build/check-old.mjs [folder …]
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import { sheetProblems } from './check-old-css.mjs';

const output = resolve(fileURLToPath(import.meta.url), '../../../anhuan_portal/web');

/** Syntax by its node, with the Chrome that first read it. */
const SYNTAX = {
  ChainExpression: () => '?. (80)',
  LogicalExpression: (node) => node.operator === '??' && '?? (80)',
  AssignmentExpression: (node) => ['??=', '||=', '&&='].includes(node.operator) && `${node.operator} (85)`,
  PropertyDefinition: () => 'class field (72)',
  PrivateIdentifier: () => 'private name (74)',
  StaticBlock: () => 'static block (94)',
  ExportAllDeclaration: (node) => node.exported && 'export * as (72)',
  ImportAttribute: () => 'import attributes (123)',
  AwaitExpression: (node, above) => !above.some(isFunction) && 'await at top level (89)',
  Literal: (node) =>
    (typeof node.value === 'number' && node.raw.includes('_') && 'numeric separator (75)') ||
    (node.regex && /[dv]/.test(node.regex.flags) && `regular expression flag ${node.regex.flags} (90)`),
};

/** Names that are found on the window or on one known object. */
const GLOBALS = {
  queueMicrotask: 71, globalThis: 71, structuredClone: 98, WeakRef: 84, FinalizationRegistry: 84, reportError: 95,
  BarcodeDetector: 83, scheduler: 94, CompressionStream: 80, Iterator: 122,
}; // prettier-ignore
const STATICS = {
  Object: { fromEntries: 73, hasOwn: 93, groupBy: 117 },
  Promise: { allSettled: 76, any: 85, withResolvers: 119, try: 128 },
  Array: { fromAsync: 121 },
  AbortSignal: { timeout: 103, any: 116 },
  Intl: { RelativeTimeFormat: 71, ListFormat: 72, Locale: 74, DisplayNames: 81, Segmenter: 87, supportedValuesOf: 99 },
  crypto: { randomUUID: 92 },
  ClipboardItem: { supports: 121 },
  URL: { canParse: 120 },
};
/** Methods that nothing else is likely to be called. */
const METHODS = {
  at: 92, replaceAll: 85, matchAll: 73, findLast: 97, findLastIndex: 97, toSorted: 110, toReversed: 110, toSpliced: 110,
  replaceChildren: 86, formatRange: 76, showPicker: 99, checkVisibility: 105, isWellFormed: 111, throwIfAborted: 100,
}; // prettier-ignore
/** Properties of a style object that Chrome 69 leaves out, to the ruin of the layout. */
const STYLES = { gap: 84, rowGap: 84, columnGap: 84, inset: 87, aspectRatio: 88 };

const isFunction = (node) => /Function/.test(node.type);

/** What is wrong with one script; the interfaces that it brings along are noted. */
function scriptProblems(text, brought) {
  let tree;
  try {
    tree = parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
  } catch (problem) {
    return [{ at: problem.pos ?? 0, what: `cannot be read: ${problem.message}` }];
  }
  const found = [];
  const asked = new Set();
  walk(tree, [], (node, above) => {
    const syntax = SYNTAX[node.type]?.(node, above);
    if (syntax) found.push({ at: node.start, what: syntax });
    const used = interfaceOf(node, above);
    if (!used) return;
    if (above.at(-1)?.type === 'AssignmentExpression' && above.at(-1).left === node) brought.add(used.name);
    else if (isAsked(node, above)) asked.add(used.name);
    else found.push({ at: node.start, what: `${used.name} (${used.since})`, name: used.name });
  });
  return found.filter(({ name }) => !name || !asked.has(name));
}

/** The young interface that a node names, if it names one. */
function interfaceOf(node, above) {
  const parent = above.at(-1);
  if (node.type === 'Identifier' && Object.hasOwn(GLOBALS, node.name)) {
    const isName = (parent?.type === 'MemberExpression' && parent.property === node && !parent.computed) || (parent?.type === 'Property' && parent.key === node && !parent.shorthand);
    return isName ? null : { name: node.name, since: GLOBALS[node.name] };
  }
  if (node.type === 'Property' && !node.computed && STYLES[node.key.name] && isStyle(above)) return { name: `style.${node.key.name}`, since: STYLES[node.key.name] };
  if (node.type !== 'MemberExpression' || node.computed) return null;
  const { object, property } = node;
  const isOfWindow = object.type === 'Identifier' && ['window', 'self', 'globalThis'].includes(object.name);
  if (isOfWindow && Object.hasOwn(GLOBALS, property.name)) return { name: property.name, since: GLOBALS[property.name] };
  const owner = object.type === 'Identifier' ? object.name : object.type === 'MemberExpression' ? object.property.name : '';
  if (owner && Object.hasOwn(STATICS, owner) && Object.hasOwn(STATICS[owner], property.name)) return { name: `${owner}.${property.name}`, since: STATICS[owner][property.name] };
  const isOther = parent?.callee === node && ((property.name === 'at' && parent.arguments.length !== 1) || owner === 'clients');
  if (isOther) return null;
  const isMethod = parent?.callee === node || isAsked(node, above) || (owner === 'prototype' && parent?.left === node);
  if (Object.hasOwn(METHODS, property.name) && isMethod) return { name: `.${property.name}()`, since: METHODS[property.name] };
  return null;
}

/** Whether it is only asked whether there is such a thing. */
function isAsked(node, above) {
  const parent = above.at(-1);
  const isOfWindow = node.type === 'MemberExpression' && ['window', 'self', 'globalThis'].includes(node.object.name);
  return (
    // Without use, a property that is not there is only undefined.
    (isOfWindow && parent?.callee !== node && parent?.object !== node) ||
    (parent?.type === 'UnaryExpression' && ['typeof', '!'].includes(parent.operator)) ||
    (['IfStatement', 'ConditionalExpression'].includes(parent?.type) && parent.test === node) ||
    (parent?.type === 'LogicalExpression' && parent.left === node)
  );
}

/** Whether the object that holds a property is the value of one called `style`. */
function isStyle(above) {
  const [holder, object] = [above.at(-2), above.at(-1)];
  return object?.type === 'ObjectExpression' && holder?.type === 'Property' && holder.key.name === 'style';
}

function walk(node, above, look) {
  look(node, above);
  const inner = [...above, node];
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (typeof child?.type === 'string') walk(child, inner, look);
}

const named = process.argv.slice(2);
const folders = named.length ? named.map((name) => resolve(name)) : ['field', 'portal'].map((name) => join(output, name));
let looked = 0;
let problems = 0;
for (const folder of folders) {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true }).filter((name) => /\.(js|css)$/.test(name)).sort() : [];
  if (!files.some((name) => name.endsWith('.js'))) {
    console.log(`check-old  ${relative(process.cwd(), folder)}: nothing built here; run: make web`);
    problems += 1;
  }
  const brought = new Set();
  const found = files.map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    looked += 1;
    return { file, text, here: file.endsWith('.css') ? sheetProblems(text) : scriptProblems(text, brought) };
  });
  for (const { file, text, here } of found) {
    for (const { at, what } of here.filter(({ name }) => !name || !brought.has(name))) {
      problems += 1;
      console.log(`check-old  ${join(relative(output, folder), file)}:${at} ${what}: ${text.slice(Math.max(0, at - 20), at + 80).replaceAll('\n', ' ')}`);
    }
  }
}
console.log(`check-old  ${looked} files, ${problems} problems`);
process.exit(problems ? 1 : 0);
