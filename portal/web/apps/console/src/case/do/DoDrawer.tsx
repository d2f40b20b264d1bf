/** One act on a case, in a drawer beside what it is about. */
import { useState, type ComponentType } from 'react';
import { Drawer } from 'antd';
import { words } from '@anhuan/i18n';
import { ConsoleCase } from '../../gql';
import { FRESH } from '../../shared/Photo';
import { useAnswer } from '../../shared/query';
import { useWho } from '../../shared/rights';
import { Empty, Loading, Trouble } from '../../shared/states';
import { doingName, doingsOf, type Doing } from '../doings';
import { asHazard, type Case } from '../shape';
import { Assign } from './Assign';
import { CallOff } from './CallOff';
import { Control } from './Control';
import { GradeForm } from './GradeForm';
import { HandOver } from './HandOver';
import { Invite } from './Invite';
import { ProgressForm } from './ProgressForm';
import { Rectify } from './Rectify';
import { Review } from './Review';
import { Resume, Stop } from './Stopping';

const t = words({
  over: ['这项操作现在不需要您办理', 'This does not wait for you now'],
  overMore: ['可能已由他人完成，或环节已变化。', 'Somebody else may have done it, or the case has gone on.'],
});

export interface Doer {
  one: Case;
  onClose: () => void;
}

const doers: Record<Doing, ComponentType<Doer>> = {
  grade: GradeForm, assign: Assign, control: Control, rectify: Rectify, review: Review, progress: ProgressForm,
  invite: Invite, handOver: HandOver, resume: Resume, stop: Stop, callOff: CallOff,
};

/** Asks for the case itself, so that it can stand on the board and the list as well. */
export default function DoDrawer({ id, doing, onClose }: { id: string; doing: Doing; onClose: () => void }) {
  const { data, error, refetch } = useAnswer(ConsoleCase, { id }, [`case:${id}`], { every: FRESH });
  const one = data?.case;
  const me = useWho()?.person.id ?? null;
  const Doer = doers[doing];
  const [isBegun, setBegun] = useState(false);
  const { main, more } = one ? doingsOf(asHazard(one) ?? one, me) : { main: [], more: [] };
  const isOffered = [...main, ...more].includes(doing);
  // Once it is begun, nothing that others do takes the form away from whoever fills it in.
  if (isOffered && !isBegun) setBegun(true);
  if (one && (isBegun || isOffered)) return <Doer one={one} onClose={onClose} />;
  return (
    <Drawer open title={doingName(doing)} size={520} onClose={onClose}>
      {data ? <Empty title={t.over} isSmall>{t.overMore}</Empty> : error ? <Trouble problem={error} onAgain={refetch} isSmall /> : <Loading rows={8} />}
    </Drawer>
  );
}
