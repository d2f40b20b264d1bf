/** Text can be read on the ground that it stands on, in every theme (WCAG 2.1, 1.4.3: 4.5:1; in the sun 7:1 as 1.4.6 asks). */
import { expect, test } from 'vitest';
import { dark, light, sheet, sun, type Palette } from '../src/index';

type Name = keyof Palette;

const PAIRS: readonly (readonly [Name, Name])[] = [
  ...(['card', 'ground', 'sunken'] as const).flatMap((ground) => (['ink', 'sub', 'faint', 'brand'] as const).map((text) => [text, ground] as const)),
  ...(['major', 'larger', 'general', 'low', 'good', 'warn', 'brand'] as const).map((tone) => [tone, `${tone}Soft`] as [Name, Name]),
  ...(['major', 'larger', 'general', 'low', 'good', 'warn'] as const).map((tone) => [tone, 'card'] as const),
  ['onBrand', 'brand'],
];

function channel(hex: string): number {
  const value = parseInt(hex, 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => channel(colour.slice(at, at + 2))) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

test('the measure itself is right', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

test.each([
  ['light', light, 4.5],
  ['dark', dark, 4.5],
  ['sun', sun, 7],
] as const)('every text of the %s theme can be read', (_name, palette, least) => {
  const weak = PAIRS.map(([text, ground]) => ({ pair: `${text} on ${ground}`, ratio: contrast(palette[text], palette[ground]) })).filter(({ ratio }) => ratio < least);

  expect(weak).toEqual([]);
});

test('each colour of a palette is a property of the style sheet', () => {
  for (const name of Object.keys(light)) expect(sheet()).toContain(`--${name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`)}:`);
});
