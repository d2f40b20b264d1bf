/** Why somebody can or cannot do a thing: grant by grant, as the server decides it. */
import { useState } from 'react';
import { Select } from 'antd';
import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { useSearchParams } from 'react-router';
import { words } from '@anhuan/i18n';
import { ConsoleAreas, ConsoleExplain, ConsoleParties, ConsolePolicy, ConsoleWhose, type SubjectKind } from '../gql';
import { Answered } from '../shared/Answered';
import { PersonPick } from '../shared/PersonPick';
import { UnitPick } from '../shared/UnitPick';
import { useAnswer } from '../shared/query';
import { Empty } from '../shared/states';
import { CasePick } from './CasePick';
import { grouped } from './matrix';
import css from './policy.module.css';
import { resources } from './words';

const t = words({
  who: ['谁', 'Who'],
  act: ['能不能', 'may or may not'],
  about: ['对什么', 'on what'],
  which: ['具体是哪一个', 'which one'],
  ANY: ['不限定（有没有这项权限）', 'Anything at all'],
  CASE: ['某条隐患', 'A case'],
  PERSON: ['某个人', 'A person'],
  UNIT: ['某个单位', 'A unit'],
  AREA: ['某个区域', 'An area'],
  PARTY: ['某个相关方', 'An outside party'],
  ask: ['选择人员和操作，即可看到结论和每一条理由', 'Choose a person and an act to see the answer and every reason'],
  askMore: ['结论与系统实际判断一致，可据此调整角色、岗位或授权单位。', 'It is what the system really decides; change roles, posts or their units accordingly.'],
  yes: ['成立', 'holds'],
  no: ['不成立', 'does not hold'],
  nothing: ['此人没有任何授权。', 'This person holds no role.'],
});

const KINDS = ['ANY', 'CASE', 'UNIT', 'PERSON', 'AREA', 'PARTY'] as const;
type Kind = (typeof KINDS)[number];

/** A question of three or four words and its answer. */
export function Why() {
  const [search] = useSearchParams();
  const [person, setPerson] = useState<string | null>(search.get('whose'));
  const [act, setAct] = useState('case.read');
  const [kind, setKind] = useState<Kind>('ANY');
  const [subject, setSubject] = useState<string | null>(null);
  const whose = useAnswer(ConsoleWhose, { id: person ?? '' }, ['people'], { isWanted: person !== null });
  const policy = useAnswer(ConsolePolicy, {}, ['policy']);
  const isReady = person !== null && (kind === 'ANY' || subject !== null);
  const about = kind === 'ANY' ? { kind: null, subject: null } : { kind: kind satisfies SubjectKind, subject };
  const answer = useAnswer(ConsoleExplain, { person: person ?? '', act, ...about }, ['policy', 'people'], { isWanted: isReady });
  return (
    <>
      <div className={css.ask}>
        <div>
          <label htmlFor="why-who">{t.who}</label>
          <PersonPick
            id="why-who"
            label={t.who}
            value={person ?? undefined}
            onChange={(next) => setPerson((next as string | undefined) ?? null)}
            labelRender={({ label, value }) => label ?? (whose.data?.person?.id === value ? whose.data?.person?.name : '…')}
          />
        </div>
        <div>
          <label htmlFor="why-act">{t.act}</label>
          <Select
            id="why-act"
            showSearch={{ optionFilterProp: 'label' }}
            style={{ width: '100%' }}
            value={act}
            onChange={setAct}
            options={grouped(policy.data?.acts ?? []).map((group) => ({ label: resources(group.resource), options: group.rows.map((row) => ({ value: row.act, label: row.name })) }))}
          />
        </div>
        <div>
          <label htmlFor="why-about">{t.about}</label>
          <Select<Kind>
            id="why-about"
            style={{ width: '100%' }}
            value={kind}
            onChange={(next) => {
              setKind(next);
              setSubject(null);
            }}
            options={KINDS.map((one) => ({ value: one, label: t[one] }))}
          />
        </div>
        {kind !== 'ANY' && (
          <div>
            <label htmlFor="why-which">{t.which}</label>
            <Subject kind={kind} value={subject} onChange={setSubject} />
          </div>
        )}
      </div>
      {isReady ? (
        <div style={{ marginTop: 16 }}>
          <Answered of={answer} rows={4}>
            {({ explainAccess }) => (
              <>
                <div className={`${css.verdict} ${explainAccess.allowed ? css.allowed : css.refused}`} role="status">
                  {explainAccess.allowed ? <CheckCircleFilled /> : <CloseCircleFilled />}
                  <span>{explainAccess.message}</span>
                </div>
                <ul className={css.answers}>
                  {explainAccess.answers.map((one, at) => (
                    <li key={`${one.role}/${at}`}>
                      <Sign allows={one.allows} />
                      {one.message}
                      <ul>
                        {one.reasons.map((reason) => (
                          <li key={reason.code + reason.message}>
                            <Sign allows={reason.allows} />
                            {reason.message}
                          </li>
                        ))}
                      </ul>
                    </li>
                  ))}
                </ul>
                {!explainAccess.answers.length && <p className={css.hint}>{t.nothing}</p>}
              </>
            )}
          </Answered>
        </div>
      ) : (
        <Empty title={t.ask}>{t.askMore}</Empty>
      )}
    </>
  );
}

function Sign({ allows }: { allows: boolean }) {
  return allows ? <CheckCircleFilled className={css.good} aria-label={t.yes} /> : <CloseCircleFilled className={css.bad} aria-label={t.no} />;
}

interface SubjectProps {
  kind: Exclude<Kind, 'ANY'>;
  value: string | null;
  onChange: (id: string | null) => void;
}

function Subject({ kind, value, onChange }: SubjectProps) {
  const areas = useAnswer(ConsoleAreas, { unit: null }, ['organisation'], { isWanted: kind === 'AREA' });
  const parties = useAnswer(ConsoleParties, { ended: false }, ['parties'], { isWanted: kind === 'PARTY' });
  if (kind === 'UNIT') return <UnitPick id="why-which" label={t.which} value={value ?? undefined} onChange={(next) => onChange(next ?? null)} />;
  if (kind === 'PERSON') return <PersonPick id="why-which" label={t.which} value={value ?? undefined} onChange={(next) => onChange((next as string | undefined) ?? null)} />;
  if (kind === 'CASE') return <CasePick id="why-which" value={value} onChange={onChange} />;
  const options = kind === 'AREA' ? areas.data?.areas : parties.data?.parties;
  return (
    <Select
      id="why-which"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%' }}
      value={value ?? undefined}
      onChange={(next) => onChange(next ?? null)}
      options={options?.map((one) => ({ value: one.id, label: one.name })) ?? []}
    />
  );
}
