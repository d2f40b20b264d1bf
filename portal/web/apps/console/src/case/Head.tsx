/** The top of a case: number, title, grade, how far it is, and what can be done. */
import { Suspense, lazy } from 'react';
import { DownOutlined, LinkOutlined, PrinterOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { spoken, words } from '@anhuan/i18n';
import { said } from '@anhuan/wire';
import { stagesOf } from '@anhuan/work/case/stages';
import { openFile } from '../shared/download';
import { copyText } from '../shared/files';
import { Grade, Tag } from '../shared/parts';
import { useWho } from '../shared/rights';
import css from './case.module.css';
import { doingName, doingsOf, type Doing } from './doings';
import { useDoing } from './do/use-doing';
import { asHazard, type Case } from './shape';

const DoDrawer = lazy(() => import('./do/DoDrawer'));

const t = words({
  more: ['更多操作', 'More'],
  print: ['打印闭环单', 'Print'],
  link: ['复制链接', 'Copy the link'],
  copied: ['链接已复制', 'Link copied'],
  uncopied: ['请从地址栏复制链接', 'Copy the link from the address bar'],
  OPEN: ['未闭环', 'Open'],
  CLOSED: ['已闭环', 'Closed'],
  CANCELLED: ['已撤销', 'Called off'],
  law: ['法定重大事故隐患', 'Major by law'],
  round: [(n: number) => `第 ${n} 轮整改`, (n: number) => `round ${n}`],
  stages: ['办理进度', 'Progress'],
  done: ['已完成', 'done'],
  now: ['进行中', 'now'],
  todo: ['未开始', 'to come'],
});

/** Stays at the top while one reads on. */
export function Head({ one }: { one: Case }) {
  const [doing, start, close] = useDoing(one.id);
  const me = useWho()?.person.id ?? null;
  const { message } = App.useApp();
  const hazard = asHazard(one);
  const { main, more } = doingsOf(hazard ?? one, me);
  const stages = stagesOf(one.stage, one.status);
  const paper = `/cases/${one.id}.pdf?lang=${spoken()}`;
  const print = async (): Promise<void> => {
    try {
      await openFile(paper);
    } catch (problem) {
      message.error(said(problem));
    }
  };
  const copy = async (): Promise<void> => {
    if (await copyText(new URL(`/c/${one.id}`, location.href).href)) message.success(t.copied);
    else message.info(t.uncopied);
  };
  return (
    <header className={css.head}>
      <div className={css.headTop}>
        <div className={css.headMain}>
          <div className={css.tags}>
            <span className={css.number}>{one.number}</span>
            {one.grade && <Grade of={one.grade} />}
            {hazard?.isStatutoryMajor && <Tag tone="major">{t.law}</Tag>}
            <Tag tone={one.status === 'OPEN' ? 'brand' : one.status === 'CLOSED' ? 'good' : 'plain'}>{one.status === 'OPEN' ? one.stageName : t[one.status]}</Tag>
            {one.round > 1 && <Tag tone="warn">{t.round(one.round)}</Tag>}
          </div>
          <h1>{one.title}</h1>
        </div>
        <div className={css.acts}>
          {main.map((act) => (
            <Button key={act} type="primary" onClick={() => start(act)}>{doingName(act)}</Button>
          ))}
          <Button icon={<PrinterOutlined />} href={paper} target="_blank" onClick={(event) => (event.preventDefault(), void print())}>{t.print}</Button>
          <Button icon={<LinkOutlined />} aria-label={t.link} title={t.link} onClick={() => void copy()} />
          {more.length > 0 && (
            <Dropdown trigger={['click']} placement="bottomRight" menu={{ items: more.map((key) => ({ key, label: doingName(key), danger: key === 'stop' || key === 'callOff' })), onClick: ({ key }) => start(key as Doing) }}>
              <Button>
                {t.more} <DownOutlined />
              </Button>
            </Dropdown>
          )}
        </div>
      </div>
      {stages && (
        // Wider than a phone: arrow keys must be able to move it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <ol className={css.stages} aria-label={t.stages} tabIndex={0}>
          {stages.map((stage) => (
            <li key={stage.code} data-state={stage.state} aria-current={stage.state === 'now' ? 'step' : undefined}>
              <span>{stage.name}</span>
              <i className="unseen">{t[stage.state]}</i>
            </li>
          ))}
        </ol>
      )}
      {doing && (
        <Suspense fallback={null}>
          <DoDrawer key={doing.what} id={one.id} doing={doing.what} onClose={close} />
        </Suspense>
      )}
    </header>
  );
}
