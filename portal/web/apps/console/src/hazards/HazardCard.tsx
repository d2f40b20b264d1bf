/** One hazard on the board. */
import { useRef, useState } from 'react';
import { MoreOutlined, RiseOutlined, StopOutlined, SyncOutlined } from '@ant-design/icons';
import { Dropdown } from 'antd';
import { Link } from 'react-router';
import { words } from '@anhuan/i18n';
import type { HazardCardFragment } from '../gql';
import { doingName, doingsOf, type Doing } from '../case/doings';
import { Due, Grade, PersonName, Tag, toneOf } from '../shared/parts';
import { Photo } from '../shared/Photo';
import { useWho } from '../shared/rights';
import { useHref } from '../shared/unit';
import css from './board.module.css';

const t = words({
  photo: ['上报照片', 'Photo'],
  menu: [(number: string) => `${number} 的操作`, (number: string) => `Acts on ${number}`],
  nobody: ['未派发', 'Not assigned'],
  mine: ['待我办理', 'Waits for me'],
  stopped: ['停工中', 'Work stopped'],
  level: [(n: number) => `升级 ${n} 级`, (n: number) => `Raised ×${n}`],
  again: [(n: number) => `复发 ${n} 次`, (n: number) => `Recurred ×${n}`],
  law: ['法定重大', 'Statutory'],
});

/** The title leads to the case; the menu offers what may be done here and now. */
export function HazardCard({ hazard, onDo }: { hazard: HazardCardFragment; onDo: (id: string, doing: Doing) => void }) {
  const me = useWho()?.person.id ?? null;
  const href = useHref();
  const { main, more } = doingsOf(hazard, me);
  const offered = [...main, ...more];
  const picture = hazard.evidence.find((one) => one.thumbnailUrl);
  const isStopped = hazard.stopOrders.some((order) => order.liftedAt === null);
  return (
    <article className={css.card} data-tone={toneOf(hazard.grade)}>
      <div className={css.top}>
        <Grade of={hazard.grade} />
        <small>{hazard.number}</small>
        {offered.length > 0 && <Offer number={hazard.number} offered={offered} onChoose={(doing) => onDo(hazard.id, doing)} />}
      </div>
      <div className={css.body}>
        <div className={css.words}>
          <Link to={href(`/case/${hazard.id}`)} className={css.title}>{hazard.title}</Link>
          <div className={css.where}>{[hazard.unit?.name, hazard.area?.name].filter(Boolean).join(' · ')}</div>
        </div>
        {picture && <Photo id={picture.id} url={picture.thumbnailUrl} alt={t.photo} />}
      </div>
      <div className={css.foot}>
        {hazard.responsible ? <PersonName of={hazard.responsible} /> : <span className={css.unit}>{hazard.responsibleUnit?.name ?? t.nobody}</span>}
        <Due at={hazard.closedAt ?? hazard.dueAt} isOver={hazard.closedAt !== null} />
      </div>
      {(main.length > 0 || isStopped || hazard.level > 0 || hazard.recurrenceCount > 0 || hazard.isStatutoryMajor) && (
        <div className={css.marks}>
          {main.length > 0 && <Tag tone="brand">{t.mine}</Tag>}
          {isStopped && <Tag tone="major"><StopOutlined aria-hidden /> {t.stopped}</Tag>}
          {hazard.isStatutoryMajor && <Tag tone="major">{t.law}</Tag>}
          {hazard.level > 0 && <Tag tone="warn"><RiseOutlined aria-hidden /> {t.level(hazard.level)}</Tag>}
          {hazard.recurrenceCount > 0 && <Tag><SyncOutlined aria-hidden /> {t.again(hazard.recurrenceCount)}</Tag>}
        </div>
      )}
    </article>
  );
}

/** A board has a hundred of these, and few are opened: the menu is made when it is. */
function Offer({ number, offered, onChoose }: { number: string; offered: readonly Doing[]; onChoose: (doing: Doing) => void }) {
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const own = useRef<HTMLButtonElement>(null);
  const open = (is: boolean): void => {
    setOpen(is);
    if (!is) own.current?.focus({ preventScroll: true });
  };
  const button = (
    <button ref={own} type="button" className={css.more} aria-label={t.menu(number)} aria-haspopup="menu" aria-expanded={Boolean(isOpen)} onClick={isOpen === null ? () => setOpen(true) : undefined}>
      <MoreOutlined />
    </button>
  );
  if (isOpen === null) return button;
  return (
    // A menu that somebody has asked for, perhaps by key, is where they go on.
    // oxlint-disable-next-line jsx-a11y/no-autofocus
    <Dropdown autoFocus open={isOpen} onOpenChange={open} trigger={['click']} placement="bottomRight" menu={{ items: offered.map((key) => ({ key, label: doingName(key) })), onClick: ({ key }) => (open(false), onChoose(key as Doing)) }}>
      {button}
    </Dropdown>
  );
}
