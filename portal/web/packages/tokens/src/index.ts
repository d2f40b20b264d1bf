/**
 * Every colour, size and radius of the three apps, once. CSS gets them as custom properties (`virtual:tokens.css`), antd as its theme.
 *
 * Red, orange, yellow and blue belong to the four risk levels (重大红 较大橙 一般黄 低蓝) and mean nothing else; the brand is teal.
 * Pairs of text and ground hold 4.5:1, those of `sun` 7:1.
 */

export interface Palette {
  brand: string;
  brandDeep: string;
  brandSoft: string;
  onBrand: string;
  ink: string;
  sub: string;
  faint: string;
  line: string;
  ground: string;
  card: string;
  sunken: string;
  major: string;
  majorSoft: string;
  larger: string;
  largerSoft: string;
  general: string;
  generalSoft: string;
  low: string;
  lowSoft: string;
  good: string;
  goodSoft: string;
  warn: string;
  warnSoft: string;
  camera: string;
  /** The full colours of the four levels, for stripes, areas and paper; never for text. */
  majorMark: string;
  largerMark: string;
  generalMark: string;
  lowMark: string;
}

export const light: Palette = {
  brand: '#0a7771', brandDeep: '#075c58', brandSoft: '#e6f4f3', onBrand: '#ffffff',
  ink: '#14202b', sub: '#51606d', faint: '#5f6d79', line: '#e3e8ec', ground: '#f1f4f6', card: '#ffffff', sunken: '#f5f7f9',
  major: '#c8201a', majorSoft: '#fdecea', larger: '#a84a00', largerSoft: '#fff1e0', general: '#7a5d00', generalSoft: '#fff7d6', low: '#1c57b8', lowSoft: '#e8f0fd',
  good: '#0f6b3c', goodSoft: '#e5f5ec', warn: '#8a4b00', warnSoft: '#fff1e0', camera: '#d25a00',
  majorMark: '#d9261c', largerMark: '#f08a24', generalMark: '#f2c230', lowMark: '#2b6cd4',
};

export const dark: Palette = {
  brand: '#35b3ab', brandDeep: '#0c3f3c', brandSoft: '#123633', onBrand: '#04201e',
  ink: '#eaf0f4', sub: '#a9b6c0', faint: '#93a1ac', line: '#2a343c', ground: '#0f151a', card: '#182027', sunken: '#202a32',
  major: '#ff8a80', majorSoft: '#44191a', larger: '#ffb066', largerSoft: '#42290f', general: '#f3d35c', generalSoft: '#3a3110', low: '#8ab8ff', lowSoft: '#16294a',
  good: '#6fd39c', goodSoft: '#12331f', warn: '#ffb066', warnSoft: '#42290f', camera: '#ff9a4d',
  majorMark: '#ef5a50', largerMark: '#f59a45', generalMark: '#e8c04a', lowMark: '#5b93ec',
};

/** For bright sun: black on white, nothing faint. */
export const sun: Palette = {
  ...light,
  brand: '#005450', brandDeep: '#003c39', ink: '#000000', sub: '#26313a', faint: '#323e48', line: '#7b8791', ground: '#ffffff', sunken: '#ffffff',
  major: '#a00000', larger: '#7a3500', general: '#564100', low: '#0d3f8f', good: '#06502a', warn: '#6b3a00', camera: '#8f3c00',
};

/** The colour of each grade and each risk level. */
export const levels = {
  A: 'major', B: 'larger', C: 'general',
  major: 'major', larger: 'larger', general: 'general', low: 'low',
} as const satisfies Record<string, keyof Palette>;

/** Pixels. `touch` is the smallest target for a bare finger, `glove` for a gloved one. */
export const sizes = { radius: 14, radiusSmall: 10, gap: 12, pad: 16, touch: 48, glove: 60 };

/** No web font is ever sent to a phone. */
export const fonts =
  '-apple-system, BlinkMacSystemFont, "PingFang SC", "MiSans", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "Segoe UI", sans-serif';

/** The custom properties of a palette: `--brand-soft: #e3f2f1; …` */
export function properties(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, value]) => `--${name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`)}:${value}`)
    .join(';');
}

/** The style sheet that every app begins with. */
export function sheet(): string {
  const rest = Object.entries(sizes).map(([name, value]) => `--${name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`)}:${value}px`).join(';');
  return [
    `:root{color-scheme:light;${properties(light)};${rest};--font:${fonts}}`,
    `:root[data-theme=dark]{color-scheme:dark;${properties(dark)}}`,
    `:root[data-theme=sun]{${properties(sun)}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme]){color-scheme:dark;${properties(dark)}}}`,
  ].join('\n');
}
