/** Where somebody is, what a sticker says, and which app shows the page. */
import { describe, expect, it } from 'vitest';
import { host } from '../src/host';
import { labelIn } from '../src/label';
import { distance, nearest } from '../src/position';

describe('distance', () => {
  it('is right to half a percent', () => {
    const bund = { latitude: 31.2397, longitude: 121.4903 };
    const tower = { latitude: 31.2397, longitude: 121.4998 };

    expect(distance(bund, tower)).toBeGreaterThan(899);
    expect(distance(bund, tower)).toBeLessThan(908);
    expect(distance(bund, bund)).toBe(0);
  });
});

describe('the nearest place', () => {
  const press = { name: '冲压', latitude: 31.2, longitude: 121.5, radiusM: 50 };
  const paint = { name: '涂装', latitude: 31.202, longitude: 121.5, radiusM: 80 };
  const unknown = { name: '未定位', latitude: null, longitude: null, radiusM: null };

  it('is the one that the phone stands in', () => {
    expect(nearest([unknown, paint, press], { latitude: 31.2001, longitude: 121.5, accuracyM: 10 })?.place.name).toBe('冲压');
  });

  it('reaches as far as the phone is unsure, and no further', () => {
    const between = { latitude: 31.2009, longitude: 121.5 };

    expect(nearest([press], { ...between, accuracyM: 20 })).toBeUndefined();
    expect(nearest([press], { ...between, accuracyM: 60 })?.place.name).toBe('冲压');
  });

  it('is not guessed from a position that is worth nothing', () => {
    expect(nearest([press], { latitude: 31.2, longitude: 121.5, accuracyM: 900 })).toBeUndefined();
    expect(nearest([], { latitude: 31.2, longitude: 121.5, accuracyM: 5 })).toBeUndefined();
  });
});

describe('the label on a sticker', () => {
  it('is read out of an address or as it stands', () => {
    expect(labelIn('https://safe.example.cn/q/Ab3_-xYz9012')).toBe('Ab3_-xYz9012');
    expect(labelIn('http://192.168.1.4:8080/q/Ab3_-xYz9012?from=wall')).toBe('Ab3_-xYz9012');
    expect(labelIn('https://safe.example.cn/app/q/Ab3_-xYz9012')).toBe('Ab3_-xYz9012');
    expect(labelIn('  Ab3_-xYz9012\n')).toBe('Ab3_-xYz9012');
  });

  it('is not read out of codes that are none of ours', () => {
    for (const text of ['https://weixin.qq.com/r/abc', 'https://safe.example.cn/q/', 'https://safe.example.cn/q/%E0%A4%A', 'WIFI:S:guest;;', 'ab', 'javascript:alert(1)', 'https://safe.example.cn/q/a%2Fb%2Fc%2Fd%2F'])
      expect(labelIn(text), text).toBeUndefined();
  });
});

describe('the host', () => {
  it('is told by its own word', () => {
    expect(host('Mozilla/5.0 (Linux; Android 12) Chrome/107 wxwork/4.1.22 MicroMessenger/7.0.1')).toBe('wecom');
    expect(host('Mozilla/5.0 (Linux; Android 10) Chrome/69 AliApp(DingTalk/6.5.40)')).toBe('dingtalk');
    expect(host('Mozilla/5.0 (iPhone) MicroMessenger/8.0')).toBe('wechat');
    expect(host('Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile')).toBe('browser');
  });
});
