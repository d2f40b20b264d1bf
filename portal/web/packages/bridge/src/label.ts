/** Which label a scanned code stands for: our own stickers carry `https://…/q/{label}`, older prints the bare label. */

const LABEL = /^[\w-]{6,64}$/;

/** The label in the text of a code; undefined for a code that is none of ours. */
export function labelIn(text: string): string | undefined {
  const said = text.trim();
  if (LABEL.test(said)) return said;
  const match = /^https?:\/\/[^/?#]+(?:\/app)?\/q\/([^/?#]+)/i.exec(said);
  if (!match) return undefined;
  try {
    const label = decodeURIComponent(match[1]!);
    return LABEL.test(label) ? label : undefined;
  } catch {
    return undefined;
  }
}
