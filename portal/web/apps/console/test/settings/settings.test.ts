/** Money, browsers and the names of acts. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '@anhuan/i18n';
import { KNOWN, recordAct, recordThing } from '../../src/settings/acts';
import { browserOf } from '../../src/settings/browser';
import { yuan } from '../../src/settings/money';

afterEach(() => speak('zh'));

describe('money', () => {
  it('is in yuan, with fen only where there are any', () => {
    expect([yuan(1_200_000), yuan(36_050), yuan(0)]).toEqual(['12,000', '360.50', '0']);
  });
});

describe('a browser', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0', 'Windows 上的 Edge'],
    ['Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/86 Mobile Safari/537.36 wxwork/4.1 MicroMessenger/7.0', 'Android 上的 企业微信'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17 Mobile Safari/604', 'iOS 上的 Safari'],
    ['curl/8.5', 'curl/8.5'],
    [null, '未知设备'],
  ])('%s', (client, said) => {
    speak('zh');
    expect(browserOf(client)).toBe(said);
  });
});

describe('acts of the record', () => {
  it('have names in both languages, and are said by their code where they are newer', () => {
    speak('zh');
    expect(recordAct('hazard.graded')).toBe('隐患定级');
    speak('en');
    expect(recordAct('hazard.graded')).toBe('Hazard graded');
    expect(recordAct('robot.driven')).toBe('robot.driven');
    expect(recordThing('robot')).toBe('robot');
  });

  it('are all that the server writes', () => {
    const root = resolve(import.meta.dirname, '../../../../../..');
    const found = execFileSync('grep', ['-rhozE', String.raw`work\.record\(\s*"[a-z_.]+"`, '--include=*.py', 'platform', 'tenants', 'infra/anhuan_infra', 'graphql'], { cwd: root, encoding: 'utf8' });
    const written = new Set([...found.matchAll(/"([a-z_]+\.[a-z_]+)"/g)].map((match) => match[1]!));
    expect(written.size).toBeGreaterThan(60);
    expect([...written].filter((act) => !KNOWN.includes(act))).toEqual([]);
  });
});
