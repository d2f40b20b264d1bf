// What Chrome 69 leaves out of a style sheet so that the page is broken, not merely plainer; cosmetics may be young.

const GRID = /(^|;)\s*display\s*:\s*(inline-)?grid/;
/** Declarations by property, with what must stand in the same block for them to be harmless. */
const PROPERTIES = [
  { name: /^(row-|column-)?gap$/, since: 84, unless: (block) => GRID.test(block) },
  { name: /^inset(-inline|-block)?$/, since: 87 },
  { name: /^(margin|padding)-(inline|block)$/, since: 87 },
  { name: /^aspect-ratio$/, since: 88, unless: (block) => /(^|;)\s*(min-)?height\s*:|padding-(top|bottom)\s*:/.test(block) },
  { name: /^(translate|rotate|scale)$/, since: 104 },
  { name: /^appearance$/, since: 84, unless: (block) => /-webkit-appearance\s*:/.test(block) },
  { name: /^mask(-.*)?$/, since: 120, unless: (block) => /-webkit-mask/.test(block) },
];
/** Values that need an older one of the same property before them. */
const VALUES = [
  { value: /\d(dvh|svh|lvh|dvw|svw|lvw)\b/, what: 'dvh and its like', since: 108 },
  { value: /\b(min|max|clamp)\(/, what: 'min(), max(), clamp()', since: 79 },
  { value: /\b(color-mix|oklch|oklab|lab|lch)\(/, what: 'young colours', since: 111 },
  { value: /^clip$/, what: 'overflow: clip', since: 90 },
];
/** Selectors that make a browser drop the whole rule, with all that it says. */
const SELECTORS = [
  { part: /:is\(|:where\(/, what: ':is() and :where()', since: 88 },
  { part: /:has\(/, what: ':has()', since: 105 },
  { part: /:not\([^)]*,/, what: ':not() of several', since: 88 },
  { part: /&/, what: 'nesting', since: 112 },
];
const AT_RULES = [
  { rule: /@layer\b/, what: '@layer', since: 99 },
  { rule: /@container\b/, what: '@container', since: 105 },
  { rule: /@media[^{]*[<>]/, what: 'ranges in @media', since: 104 },
];

/** What is wrong with one style sheet. */
export function sheetProblems(text) {
  const found = [];
  const plain = text.replace(/\/\*[^]*?\*\/|"[^"]*"|'[^']*'/g, (hidden) => ' '.repeat(hidden.length));
  for (const { rule, what, since } of AT_RULES) for (const hit of plain.matchAll(new RegExp(rule, 'g'))) found.push({ at: hit.index, what: `${what} (${since})` });
  for (const hit of plain.matchAll(/([^{};]*)\{([^{}]*)\}/g)) {
    const [, selector, block] = hit;
    for (const { part, what, since } of SELECTORS) if (part.test(selector)) found.push({ at: hit.index, what: `${what} (${since})` });
    if (/:focus-visible/.test(selector) && selector.includes(',')) found.push({ at: hit.index, what: ':focus-visible among others (86)' });
    found.push(...blockProblems(block).map((what) => ({ at: hit.index, what })));
  }
  return found;
}

/** What is wrong with the declarations of one rule. */
function blockProblems(block) {
  const found = [];
  const before = new Set();
  for (const declaration of block.split(';')) {
    const [property = '', ...rest] = declaration.split(':');
    const name = property.trim().toLowerCase();
    const value = rest.join(':').trim();
    if (!name || name.startsWith('--')) continue;
    for (const { name: pattern, since, unless } of PROPERTIES) if (pattern.test(name) && !unless?.(block)) found.push(`${name} (${since})`);
    const young = VALUES.find((known) => known.value.test(value));
    if (young && !before.has(name)) found.push(`${name}: ${young.what} without an older value before it (${young.since})`);
    if (!young) before.add(name);
  }
  return found;
}
