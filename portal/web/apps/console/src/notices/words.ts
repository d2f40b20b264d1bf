/** How far a notice got outside the app, and what became of a try, in words. */
import { words } from '@anhuan/i18n';

const far = words({
  APP: ['仅站内', 'in the app only'],
  WAITING: ['正在发送', 'being sent'],
  DELIVERED: ['已送达', 'delivered'],
  UNDELIVERED: ['未送达', 'undelivered'],
}) as Record<string, string>;

const tried = words({
  sending: ['发送中', 'sending'],
  delivered: ['已送达', 'delivered'],
  accepted: ['通道已接收', 'taken by the carrier'],
  refused: ['被通道拒绝', 'refused'],
  unreachable: ['连不上通道', 'unreachable'],
  unknown: ['结果不明', 'unknown'],
  no_address: ['没有对方的联系方式', 'no address of the person'],
}) as Record<string, string>;

const TONES: Record<string, 'good' | 'major' | 'warn' | 'plain'> = { delivered: 'good', accepted: 'good', refused: 'major', unreachable: 'major', unknown: 'warn', no_address: 'warn' };

/** What a reach is called. */
export function reaches(code: string): string {
  return far[code] ?? code;
}

/** What became of a try. */
export function attemptWord(state: string): string {
  return tried[state.toLowerCase()] ?? state;
}

/** How that is coloured. */
export function attemptTone(state: string): 'good' | 'major' | 'warn' | 'plain' {
  return TONES[state.toLowerCase()] ?? 'plain';
}
