/** How far something is, in words that promise no more than is so. */
import { speak } from '@anhuan/i18n';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry, EntryPhoto } from '@anhuan/outbox';
import { device } from '../src/mine/Sessions';
import { counts, phaseOf, retryAt } from '../src/reports/levels';
import { isNews } from '../src/reports/use-reports';
import { stageAt, stageNames, stateOf } from '../src/reports/stages';

beforeEach(() => speak('zh'));

function anEntry(some: Partial<Entry> = {}, ...levels: EntryPhoto['level'][]): Entry {
  return {
    id: 'a', kind: 'report', title: '', createdAt: 0, state: 'pending', tries: 0, nextAt: 0,
    photos: levels.map((level, index) => ({ id: String(index), sent: level !== 'local', level })), ...some,
  };
}

const DONE = { state: 'done', receipt: { number: 'HZ-1', level: 'received', at: 1 } } as const;

describe('an entry of the outbox', () => {
  it('waits until there is a receipt, whatever its photos are', () => {
    expect(phaseOf(anEntry({}, 'durable'))).toBe('waiting');
    expect(phaseOf(anEntry({ state: 'sending' }))).toBe('sending');
    expect(phaseOf(anEntry({ state: 'attention' }, 'durable'))).toBe('attention');
  });

  it('is on file only when every photo is', () => {
    expect(phaseOf(anEntry(DONE, 'durable', 'local'))).toBe('photos');
    expect(phaseOf(anEntry(DONE, 'durable', 'stored'))).toBe('stored');
    expect(phaseOf(anEntry(DONE, 'durable', 'durable'))).toBe('durable');
    expect(phaseOf(anEntry(DONE, 'durable', 'refused'))).toBe('refused');
    expect(phaseOf(anEntry(DONE))).toBe('received');
  });

  it('names a moment of the next try only where there is one to come', () => {
    const tried = anEntry({ tries: 2, nextAt: 5_000, error: { code: 'BUSY', message: '服务器正忙' } });

    expect(retryAt(tried, 1_000)).toBe(5_000);
    expect(retryAt(tried, 6_000)).toBeUndefined();
    expect(retryAt({ ...tried, nextAt: 0 }, 1_000)).toBeUndefined();
    expect(retryAt({ ...tried, error: { code: 'NETWORK', message: '' } }, 1_000)).toBeUndefined();
    expect(retryAt({ ...tried, state: 'attention' }, 1_000)).toBeUndefined();
  });

  it('that is further down a list than was asked is no news', () => {
    expect(isNews(anEntry(DONE), undefined)).toBe(true);
    expect(isNews(anEntry(DONE), 0)).toBe(true);
    expect(isNews(anEntry(DONE), 2)).toBe(false);
  });

  it('is counted once', () => {
    const all = [anEntry(), anEntry({ state: 'sending' }), anEntry(DONE, 'local'), anEntry(DONE, 'durable'), anEntry({ state: 'attention' }), anEntry(DONE, 'durable', 'refused')];

    expect(counts(all)).toEqual({ waiting: 2, received: 1, durable: 1, attention: 1, refused: 1 });
  });
});

describe('a report', () => {
  it('stands at one of six stages', () => {
    expect(stageNames()).toHaveLength(6);
    expect(['grading', 'dispatch', 'rectification', 'review', 'verification'].map((stage) => stageAt({ status: 'OPEN', stage }))).toEqual([1, 2, 3, 4, 4]);
    expect(stageAt({ status: 'CLOSED', stage: 'verification' })).toBe(stageNames().length);
  });

  it('of a company with stages of its own is only named', () => {
    expect(stageAt({ status: 'OPEN', stage: 'joint_meeting' })).toBeUndefined();
    expect(stateOf({ status: 'OPEN', stageName: '会审', isOverdue: false })).toEqual({ text: '会审', tone: 'brand' });
    expect(stateOf({ status: 'OPEN', stageName: '会审', isOverdue: true }).tone).toBe('major');
    expect(stageAt({ status: 'CANCELLED', stage: 'grading' })).toBeUndefined();
  });
});

describe('a device', () => {
  it('is called as people call it', () => {
    expect(device('Mozilla/5.0 (Linux; Android 12) Chrome/107 wxwork/4.1')).toBe('Android · 企业微信');
    expect(device('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Safari/604')).toBe('iPhone · Safari');
    expect(device(null)).toBe('未知设备');
    speak('en');
    expect(device('Mozilla/5.0 (Linux; Android 12) Chrome/107 wxwork/4.1')).toBe('Android · WeCom');
  });
});
