/** What the reader may do: the one thing that waits for them under the thumb, everything else behind it. */
import { words } from '@anhuan/i18n';
import type { Entry } from '@anhuan/outbox';
import { Button, Row, Sheet } from '@anhuan/ui';
import { ArrowRightLeft, CircleCheckBig, ClipboardCheck, CloudUpload, Gauge, Hammer, ListPlus, MessageSquare, OctagonX, PlayCircle, Send, ShieldAlert, Trash2, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { whoIsHere } from '@anhuan/wire';
import { buttonsOf, handedIn, type Doing } from './buttons';
import css from './case.module.css';
import { showPending } from './Pending';
import { isAssigned, type Case } from './shape';

const t = words({
  more: ['更多操作', 'More'],
  grade: ['定级', 'Grade'],
  regrade: ['调整等级', 'Change the grade'],
  assign: ['派发整改', 'Assign'],
  reassign: ['改派', 'Pass it on'],
  control: ['临时管控', 'Interim control'],
  rectify: ['提交整改', 'Hand in the work'],
  review: ['去审核', 'Review'],
  progress: ['填写进展', 'Tell of progress'],
  comment: ['评论', 'Comment'],
  stop: ['下令停工', 'Stop work'],
  resume: ['解除停工', 'Resume work'],
  'call-off': ['撤销隐患', 'Call it off'],
  'hand-over': ['转交他人', 'Hand over'],
  waits: ['已提交，等待上传', 'Handed in, to be uploaded'],
  arrived: ['已提交', 'Handed in'],
});

/** The word on a button; what was done before is done again under another name. */
export function doingName(doing: Doing, one: Case): string {
  if (doing === 'grade' && one.grade) return t.regrade;
  if (doing === 'assign' && isAssigned(one)) return t.reassign;
  return t[doing];
}

const ICONS: Record<Doing, LucideIcon> = {
  grade: Gauge,
  assign: Send,
  control: ShieldAlert,
  rectify: Hammer,
  review: ClipboardCheck,
  progress: ListPlus,
  comment: MessageSquare,
  stop: OctagonX,
  resume: PlayCircle,
  'call-off': Trash2,
  'hand-over': ArrowRightLeft,
};

/** The foot of the case; what was handed in here already is said in the place of its button. */
export function Actions({ one, handed }: { one: Case; handed: readonly Entry[] }) {
  const [, go] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const offered = buttonsOf(one, whoIsHere()?.person.id ?? null);
  const isLeft = (doing: Doing): boolean => !handedIn(doing, handed);
  const main = offered.main.filter(isLeft);
  const more = offered.more.filter(isLeft);
  const done = [...offered.main, ...offered.more].flatMap((doing) => handedIn(doing, handed) ?? []);
  const open = (doing: Doing): void => go(`/case/${one.id}/do/${doing}`);
  const [first, ...others] = main;
  const room = done.length > 0 ? 0 : 1;
  const rest = [...others.slice(room), ...more];
  const lead = first ? [first, ...others.slice(0, room)] : rest.slice(0, room);
  const hidden = first ? rest : rest.slice(room);
  return (
    <>
      {hidden.length > 0 && <Button kind="plain" onClick={() => setOpen(true)}>{t.more}</Button>}
      {done.length > 0 && <Handed waits={done.some((entry) => entry.state !== 'done')} />}
      {[...lead].reverse().map((doing) => (
        <Button key={doing} kind={doing === first ? 'primary' : 'soft'} onClick={() => open(doing)}>{doingName(doing, one)}</Button>
      ))}
      {isOpen && (
        <Sheet title={t.more} onClose={() => setOpen(false)}>
          {hidden.map((doing) => {
            const Icon = ICONS[doing];
            return <Row key={doing} lead={<Icon size={22} aria-hidden="true" />} title={doingName(doing, one)} onClick={() => open(doing)} />;
          })}
        </Sheet>
      )}
    </>
  );
}

/** Leads to what is not sent yet. */
function Handed({ waits }: { waits: boolean }) {
  return waits ? (
    <Button kind="soft" className={css.handed} onClick={showPending}><CloudUpload size={20} aria-hidden="true" /> {t.waits}</Button>
  ) : (
    <Button kind="soft" disabled><CircleCheckBig size={20} aria-hidden="true" /> {t.arrived}</Button>
  );
}
