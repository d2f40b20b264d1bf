/** Speaking into a field: phrases come behind what stands there, none is lost, and there is no button where nobody would listen. */
import { speak } from '@anhuan/i18n';
import { act as settle } from 'preact/test-utils';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SpokenArea } from '../src/speak/SpokenArea';

class Ear extends EventTarget {
  static last: Ear;
  lang = '';
  isStopped = false;

  start(): void {
    Ear.last = this;
  }

  stop(): void {
    this.isStopped = true;
    this.dispatchEvent(new Event('end'));
  }

  hears(...phrases: string[]): void {
    const results = phrases.map((transcript) => Object.assign([{ transcript }], { isFinal: true }));
    this.dispatchEvent(Object.assign(new Event('result'), { resultIndex: 0, results }));
  }
}

const place = document.createElement('div');
let root: ReturnType<typeof createRoot>;

function Screen({ begun, most }: { begun: string; most: number }) {
  const [text, setText] = useState(begun);
  return <SpokenArea label="进展情况" value={text} maxLength={most} onText={setText} />;
}

async function open(begun = '', most = 100): Promise<void> {
  await settle(async () => root.render(<Screen begun={begun} most={most} />));
}

const text = (): string => place.querySelector('textarea')!.value;
const button = (): HTMLButtonElement | null => place.querySelector('button');
const press = (): Promise<void> => settle(async () => button()!.click());

beforeEach(() => {
  speak('zh');
  vi.stubGlobal('webkitSpeechRecognition', Ear);
  root = createRoot(place);
});

afterEach(async () => {
  await settle(async () => root.unmount());
  vi.unstubAllGlobals();
});

test('phrases that come together are all written, behind what stands there', async () => {
  await open('已到场');
  await press();
  await settle(async () => Ear.last.hears('设备停了', '电源拉了'));

  expect(text()).toBe('已到场，设备停了，电源拉了');
  expect(Ear.last.lang).toBe('zh-CN');
});

test('what was typed while it listened stays', async () => {
  await open();
  await press();
  const box = place.querySelector('textarea')!;
  await settle(async () => {
    box.value = '手写。';
    box.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await settle(async () => Ear.last.hears('口述'));

  expect(text()).toBe('手写。口述');
});

test('no more is written than the field takes', async () => {
  await open('', 4);
  await press();
  await settle(async () => Ear.last.hears('一二三四五六'));

  expect(text()).toBe('一二三四');
});

test('it says that it listens, stops when told, and when its screen goes', async () => {
  await open();
  await press();
  expect([button()!.getAttribute('aria-label'), place.querySelector('textarea')!.placeholder]).toEqual(['停止语音', '正在听，请说话…']);
  await settle(async () => Ear.last.hears('设备停了'));
  expect(place.textContent).toContain('正在听');

  await press();
  expect([button()!.getAttribute('aria-label'), Ear.last.isStopped]).toEqual(['语音输入', true]);

  await press();
  await settle(async () => root.render(null));
  expect(Ear.last.isStopped).toBe(true);
});

test('a browser that understands no speech has no button for it', async () => {
  vi.unstubAllGlobals();
  await open();

  expect(button()).toBeNull();
});
