/** Words as the server can keep them: what a clipboard or a keyboard brings along that is no text would have the whole act declined. */

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const NO_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
/** Tabs and the line breaks that no key writes; fields of one line refuse them. */
const ODD_SPACE = /[\t\u2028\u2029]/g;
/** Half of a sign, as a limit of length leaves it. */
const HALF = /[\ud800-\udbff](?![\udc00-\udfff])|(^|[^\ud800-\udbff])[\udc00-\udfff]/g;

/** A copy that nothing can change any more, every text in it fit to be kept. */
export function cleaned(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, one: unknown) => (typeof one === 'string' ? one.replace(NO_TEXT, '').replace(ODD_SPACE, ' ').replace(HALF, '$1') : one)) as unknown;
}
