/** Everyone with a part in the case, and the joint group that people are called into. */
import { UserAddOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { words } from '@anhuan/i18n';
import { PersonName } from '../shared/parts';
import { Panel } from '../shared/Page';
import { useWho } from '../shared/rights';
import css from './case.module.css';
import { doingName, doingsOf } from './doings';
import { useDoing } from './do/use-doing';
import { asHazard, type Case } from './shape';

const t = words({
  title: ['相关人员', 'People'],
  unit: ['责任单位', 'Responsible unit'],
  responsible: ['责任人', 'Responsible'],
  none: ['未派发', 'Not assigned yet'],
  reporter: ['上报', 'Reported'],
  owner: ['办理', 'Working on it'],
  checker: ['审核', 'Checking'],
  group: ['联合处理组', 'Joint group'],
  informed: ['抄送', 'Informed'],
  escalated: ['升级知会', 'Raised to'],
  other: ['其他', 'Others'],
  more: [(n: number) => `等 ${n} 人`, (n: number) => `${n} in all`],
});
const PARTS = ['reporter', 'owner', 'checker', 'group', 'escalated', 'informed'] as const;
const MOST = 12;

/** By part; who left is not shown. */
export function People({ one }: { one: Case }) {
  const [, start] = useDoing(one.id);
  const me = useWho()?.person.id ?? null;
  const hazard = asHazard(one);
  const mayInvite = doingsOf(one, me).more.includes('invite');
  const here = one.people.filter((part) => !part.leftAt && part.person);
  return (
    <Panel title={t.title} acts={mayInvite && <Button size="small" icon={<UserAddOutlined />} onClick={() => start('invite')}>{doingName('invite')}</Button>}>
      <dl className={css.facts}>
        {hazard && (
          <>
            <div>
              <dt>{t.unit}</dt>
              <dd>{hazard.responsibleUnit?.name ?? t.none}</dd>
            </div>
            {hazard.responsible && (
              <div>
                <dt>{t.responsible}</dt>
                <dd><PersonName of={hazard.responsible} /></dd>
              </div>
            )}
          </>
        )}
        {PARTS.map((part) => {
          const people = here.filter((one) => one.part === part);
          if (!people.length) return null;
          return (
            <div key={part}>
              <dt>{t[part]}</dt>
              <dd className={css.people}>
                {people.slice(0, MOST).map(({ personId, person }) => (
                  <span key={personId} title={[person?.unit?.name, ...(person?.posts.map(({ name }) => name) ?? [])].filter(Boolean).join(' · ')}>
                    <PersonName of={person} />
                  </span>
                ))}
                {people.length > MOST && <span className={css.quiet}>{t.more(people.length)}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}
