/** Choosing a unit, a person or an outside firm: search, touch. Units, firms and the first of the people are remembered; all people are known to the server only. */
import { words } from '@anhuan/i18n';
import { Empty, Loading, Row, Sheet, TextField, Trouble } from '@anhuan/ui';
import { useAsk } from '@anhuan/wire';
import { Building2, UserRound } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import css from '../do/do.module.css';
import { WorkParties, WorkPeople, WorkUnits } from '../gql';

const t = words({
  unit: ['选择单位', 'Choose a unit'],
  person: ['选择人员', 'Choose a person'],
  party: ['选择外部单位', 'Choose an outside firm'],
  searchUnit: ['搜索单位名称', 'Search units'],
  searchPerson: ['姓名、拼音或账号', 'Name, pinyin or account'],
  none: ['没有找到', 'Nothing found'],
  moreUnits: [(n: number) => `还有 ${n} 个单位未显示，请输入名称查找`, (n: number) => `${n} more units. Type a name to find them`],
  morePeople: ['还有更多人员，请输入姓名、拼音或账号查找', 'There are more people. Type a name to find them'],
  remembered: ['没有网络，只能在本机保存的人员里查找', 'No network: only the people that this device remembers are searched'],
  searchParty: ['搜索外部单位', 'Search outside firms'],
  CONTRACTOR: ['承包商', 'Contractor'],
  SUPPLIER: ['供应商', 'Supplier'],
  MAINTENANCE: ['外部维保单位', 'Maintenance firm'],
});

export interface Picked {
  id: string;
  name: string;
}

export interface PickProps {
  onPick: (picked: Picked) => void;
  onClose: () => void;
}

const MOST = 60;

/** A unit of the organisation. */
export function PickUnit({ onPick, onClose }: PickProps) {
  const { data, problem, again } = useAsk(WorkUnits, {}, 'units');
  const [text, setText] = useState('');
  const found = data?.organisation.filter((unit) => unit.path.join(' ').toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <Chooser title={t.unit} onClose={onClose} search={t.searchUnit} text={text} onText={setText}>
      {!data && (problem ? <Trouble problem={problem} onAgain={() => void again()} /> : <Loading />)}
      {found?.length === 0 && <Empty title={t.none} />}
      {found?.slice(0, MOST).map((unit) => (
        <Row key={unit.id} lead={<Building2 size={20} aria-hidden="true" />} title={unit.name} below={unit.path.slice(0, -1).join(' / ')} onClick={() => onPick(unit)} />
      ))}
      {found && found.length > MOST && <p className={css.more} role="status">{t.moreUnits(found.length - MOST)}</p>}
    </Chooser>
  );
}

/** Somebody of the company. `unit` narrows to a unit and everything under it. */
export function PickPerson({ onPick, onClose, unit, without }: PickProps & { unit?: string | undefined; without?: string | undefined }) {
  const [text, setText] = useState('');
  const [wanted, setWanted] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setWanted(text.trim()), 300);
    return () => clearTimeout(timer);
  }, [text]);
  const of = wanted ? null : (unit ?? null);
  const { data: told, problem, again } = useAsk(WorkPeople, { text: wanted || null, unit: of }, wanted ? undefined : `people:${of ?? ''}`);
  // Without network a name is looked for among those who are remembered.
  const { data: known } = useAsk(WorkPeople, { text: null, unit: null }, 'people:', Boolean(wanted && problem));
  const data = told ?? (problem && wanted ? known : undefined);
  const isRemembered = !told && data !== undefined;
  const found = data?.people.edges.map(({ node }) => node).filter((person) => person.id !== without && (!isRemembered || person.name.toLowerCase().includes(wanted.toLowerCase())));
  return (
    <Chooser title={t.person} onClose={onClose} search={t.searchPerson} text={text} onText={setText}>
      {!data && (problem ? <Trouble problem={problem} onAgain={() => void again()} /> : <Loading />)}
      {isRemembered && <p className={css.more} role="status">{t.remembered}</p>}
      {found?.length === 0 && <Empty title={t.none} />}
      {found?.map((person) => (
        <Row key={person.id} lead={<UserRound size={20} aria-hidden="true" />} title={person.name} below={[person.unit?.name, (person.posts.find((post) => post.isPrimary) ?? person.posts[0])?.name].filter(Boolean).join(' · ')} onClick={() => onPick(person)} />
      ))}
      {!isRemembered && data?.people.pageInfo?.hasNextPage && <p className={css.more} role="status">{t.morePeople}</p>}
    </Chooser>
  );
}

/** An outside firm. */
export function PickParty({ onPick, onClose }: PickProps) {
  const { data, problem, again } = useAsk(WorkParties, {}, 'parties');
  const [text, setText] = useState('');
  const found = data?.parties.filter((party) => party.name.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <Chooser title={t.party} onClose={onClose} search={t.searchParty} text={text} onText={setText}>
      {!data && (problem ? <Trouble problem={problem} onAgain={() => void again()} /> : <Loading />)}
      {found?.length === 0 && <Empty title={t.none} />}
      {found?.map((party) => (
        <Row key={party.id} lead={<Building2 size={20} aria-hidden="true" />} title={party.name} below={t[party.kind]} onClick={() => onPick(party)} />
      ))}
    </Chooser>
  );
}

function Chooser({ title, onClose, search, text, onText, children }: { title: string; onClose: () => void; search?: string; text?: string; onText?: (text: string) => void; children: ReactNode }) {
  return (
    <Sheet title={title} onClose={onClose}>
      {search && (
        <div className={css.search}>
          <TextField label={search} type="search" value={text} onChange={(event) => onText?.(event.target.value)} />
        </div>
      )}
      <div className={css.results}>{children}</div>
    </Sheet>
  );
}
