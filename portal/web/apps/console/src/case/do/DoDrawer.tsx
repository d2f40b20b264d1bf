/** One act on a case, in a drawer beside what it is about. */
import type { ComponentType } from 'react';
import { Drawer } from 'antd';
import { ConsoleCase } from '../../gql';
import { FRESH } from '../../shared/Photo';
import { useAnswer } from '../../shared/query';
import { Loading, Trouble } from '../../shared/states';
import { doingName, type Doing } from '../doings';
import type { Case } from '../shape';
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
  const Doer = doers[doing];
  if (one) return <Doer one={one} onClose={onClose} />;
  return (
    <Drawer open title={doingName(doing)} size={520} onClose={onClose}>
      {error ? <Trouble problem={error} onAgain={refetch} isSmall /> : <Loading rows={8} />}
    </Drawer>
  );
}
