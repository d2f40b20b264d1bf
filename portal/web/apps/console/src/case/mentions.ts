/** Who is called by name in a text; pure. */

/** The ids of those who were chosen while it was typed and whose @name still stands there; a longer name is not a shorter one's. */
export function mentioned(body: string, called: ReadonlyMap<string, string>): string[] {
  const found = new Set<string>();
  let rest = body;
  for (const name of [...called.keys()].sort((a, b) => b.length - a.length)) {
    const sign = `@${name}`;
    if (!rest.includes(sign)) continue;
    found.add(called.get(name)!);
    rest = rest.split(sign).join(' ');
  }
  return [...found];
}
