/** Buttons come from the server's rights and nothing else. */
import { describe, expect, it } from 'vitest';
import { doingsOf, type Subject } from '../../src/case/doings';

const all = ['hazard.grade', 'hazard.assign', 'hazard.progress', 'hazard.cancel', 'case.comment', 'work.stop', 'work.resume'];
const open: Subject = { status: 'OPEN', grade: null, can: [], mine: [], reporter: { id: 'lin' }, stopOrders: [] };

describe('what is offered', () => {
  it('is nothing to who may nothing', () => {
    expect(doingsOf(open, 'wei')).toEqual({ main: [], more: [] });
  });

  it('is first what waits for the reader', () => {
    expect(doingsOf({ ...open, can: all, mine: [{ step: 'grade', isApproval: false }] }, 'wei')).toEqual({ main: ['grade'], more: ['invite', 'handOver', 'stop', 'callOff'] });
  });

  it('is one review, however many wait', () => {
    expect(doingsOf({ ...open, mine: [{ step: 'accept', isApproval: true }, { step: 'verify', isApproval: true }] }, 'wei').main).toEqual(['review']);
  });

  it('is no assigning before a grade, and no progress before it is assigned', () => {
    const { more } = doingsOf({ ...open, can: all }, 'wei');

    expect(more).not.toContain('assign');
    expect(more).not.toContain('progress');
    expect(doingsOf({ ...open, can: all, grade: 'C', responsibleUnit: {} }, 'wei').more).toEqual(['grade', 'assign', 'progress', 'invite', 'stop', 'callOff']);
  });

  it('lets nobody lift the order that they gave, nor stop twice', () => {
    const stopped = { ...open, can: all, grade: 'A', stopOrders: [{ liftedAt: null, issuedBy: { id: 'wei' } }] };

    expect(doingsOf(stopped, 'wei').more).not.toContain('resume');
    expect(doingsOf(stopped, 'ding').more).toContain('resume');
    expect(doingsOf(stopped, 'ding').more).not.toContain('stop');
    expect(doingsOf(stopped, 'ding').more).not.toContain('callOff');
  });

  it('lets a reporter take a report back only until it is graded', () => {
    const mine = { ...open, can: ['hazard.cancel'] };

    expect(doingsOf(mine, 'lin').more).toEqual(['callOff']);
    expect(doingsOf({ ...mine, grade: 'C' }, 'lin').more).toEqual([]);
  });

  it('is nothing but reading once it is over', () => {
    expect(doingsOf({ ...open, can: all, status: 'CLOSED', grade: 'C' }, 'wei')).toEqual({ main: [], more: [] });
  });
});
