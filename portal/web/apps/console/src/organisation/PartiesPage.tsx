/** Outside firms that work here: contractors, suppliers, maintenance, each with its people and the unit that looks after it. */
import { useState } from 'react';
import { Button, Checkbox, Drawer, Form, Input, Radio, Table } from 'antd';
import { PlusOutlined } from '@ant-design/icons';
import { useSearchParams } from 'react-router';
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { day } from '@anhuan/i18n/time';
import { ConsoleAddParty, ConsoleEndParty, ConsoleParties, type ConsolePartiesQuery, type PartyKind } from '../gql';
import { Answered } from '../shared/Answered';
import { FormDialog, needed } from '../shared/FormDialog';
import { Page, Panel } from '../shared/Page';
import { UnitPick } from '../shared/UnitPick';
import { Tag } from '../shared/parts';
import { useAct, useAnswer } from '../shared/query';
import { may, useWho } from '../shared/rights';
import { Empty } from '../shared/states';
import { PeopleTable } from './PeopleTable';
import css from './organisation.module.css';
import { PARTY_KINDS, partyKinds } from './words';

const t = words({
  title: ['相关方', 'Outside parties'],
  about: ['在本企业作业的承包商、供应商和外部维保单位。终止合作后，其人员立即不能再登录。', 'Contractors, suppliers and maintenance firms that work here. When work ends their people are shut out at once.'],
  add: ['新增相关方', 'Add a party'],
  ended: ['含已终止', 'With ended ones'],
  name: ['单位名称', 'Name'],
  code: ['编号', 'Code'],
  codeHint: ['本企业内唯一', 'Unique in the company'],
  kind: ['类别', 'Kind'],
  unit: ['对口管理单位', 'Looked after by'],
  credit: ['统一社会信用代码', 'Credit code'],
  state: ['状态', 'State'],
  active: ['合作中', 'Working here'],
  endedOn: [(date: string) => `${date} 终止`, (date: string) => `ended ${date}`],
  end: ['终止合作', 'End the work'],
  endTitle: [(name: string) => `终止与“${name}”的合作`, (name: string) => `End the work with “${name}”`],
  endMore: ['该单位全部人员立即退出登录且不能再登录；历史记录保留，未办完的任务会转交。', 'All its people are signed out and kept out at once; history stays, open tasks pass on.'],
  reason: ['原因', 'Reason'],
  people: ['人员', 'People'],
  none: ['还没有相关方', 'No outside parties yet'],
  noneMore: ['新增后可为其人员开通账号，由对口单位管理。', 'Add one to give its people accounts, under the unit that looks after it.'],
});

type Party = ConsolePartiesQuery['parties'][number];

interface Entered {
  name: string;
  code: string;
  kind: PartyKind;
  unitId: string;
  creditCode?: string;
}

/** The screen; the party whose drawer is open stands in the address. */
export default function PartiesPage() {
  useLanguage();
  const who = useWho();
  const [ended, setEnded] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const [search, setSearch] = useSearchParams();
  const answer = useAnswer(ConsoleParties, { ended }, ['parties'], { keeps: true });
  const add = useAct(ConsoleAddParty, ['parties']);
  const open = (id: string | null): void =>
    setSearch((before) => {
      if (id) before.set('party', id);
      else before.delete('party');
      before.delete('person');
      return before;
    });
  const shown = answer.data?.parties.find((party) => party.id === search.get('party')) ?? null;
  return (
    <Page
      title={t.title}
      about={t.about}
      acts={
        <>
          <Checkbox checked={ended} onChange={(event) => setEnded(event.target.checked)}>
            {t.ended}
          </Checkbox>
          {may(who, ['party.manage']) && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
              {t.add}
            </Button>
          )}
        </>
      }
    >
      <Panel>
        <Answered of={answer} shape="table">
          {({ parties }) => (
            <Table<Party>
              rowKey="id"
              size="small"
              pagination={false}
              scroll={{ x: 720 }}
              dataSource={parties}
              locale={{ emptyText: <Empty isSmall title={t.none}>{t.noneMore}</Empty> }}
              onRow={(party) => ({ onClick: () => open(party.id), style: { cursor: 'pointer' } })}
              columns={[
                {
                  title: t.name,
                  render: (_, party) => (
                    <Button type="link" size="small" style={{ padding: 0 }} onClick={(event) => (event.stopPropagation(), open(party.id))}>
                      {party.name}
                    </Button>
                  ),
                },
                { title: t.code, dataIndex: 'code', width: 140 },
                { title: t.kind, width: 140, render: (_, party) => partyKinds(party.kind), filters: PARTY_KINDS.map((kind) => ({ text: partyKinds(kind), value: kind })), onFilter: (kind, party) => party.kind === kind },
                { title: t.unit, render: (_, party) => party.unit?.name ?? '—' },
                { title: t.credit, render: (_, party) => party.creditCode ?? '—' },
                { title: t.state, width: 150, render: (_, party) => (party.endedAt ? <Tag tone="warn">{t.endedOn(day(party.endedAt))}</Tag> : <Tag tone="good">{t.active}</Tag>) },
              ]}
            />
          )}
        </Answered>
      </Panel>
      <PartyDrawer party={shown} onClose={() => open(null)} />
      <FormDialog<Entered>
        title={t.add}
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        initial={{ kind: 'CONTRACTOR' }}
        onSave={async ({ creditCode, ...values }, id) => add.mutateAsync({ input: { id, ...values, creditCode: creditCode?.trim() || null } })}
      >
        <Form.Item name="name" label={t.name} rules={needed()}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="code" label={t.code} rules={needed()} extra={t.codeHint}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="kind" label={t.kind}>
          <Radio.Group optionType="button" options={PARTY_KINDS.map((kind) => ({ value: kind, label: partyKinds(kind) }))} />
        </Form.Item>
        <Form.Item name="unitId" label={t.unit} rules={needed()}>
          <UnitPick />
        </Form.Item>
        <Form.Item name="creditCode" label={t.credit}>
          <Input maxLength={18} />
        </Form.Item>
      </FormDialog>
    </Page>
  );
}

function PartyDrawer({ party, onClose }: { party: Party | null; onClose: () => void }) {
  const end = useAct(ConsoleEndParty, ['parties', 'people']);
  const [isEnding, setEnding] = useState(false);
  const manages = party?.can.includes('party.manage') && !party.endedAt;
  return (
    <Drawer
      open={party !== null}
      onClose={onClose}
      size={760}
      title={party?.name}
      destroyOnHidden
      extra={
        manages && (
          <Button danger type="default" onClick={() => setEnding(true)}>
            {t.end}
          </Button>
        )
      }
    >
      {party && (
        <>
          <dl className={css.facts}>
            <dt>{t.kind}</dt>
            <dd>{partyKinds(party.kind)}</dd>
            <dt>{t.code}</dt>
            <dd>{party.code}</dd>
            <dt>{t.unit}</dt>
            <dd>{party.unit?.name ?? '—'}</dd>
            <dt>{t.credit}</dt>
            <dd>{party.creditCode ?? '—'}</dd>
          </dl>
          <div className={css.section}>
            <h3>{t.people}</h3>
          </div>
          <PeopleTable party={party.id} home={party.unit?.id ?? null} mayAdd={!party.endedAt} />
          <FormDialog<{ reason?: string }>
            title={t.endTitle(party.name)}
            isOpen={isEnding}
            onClose={() => setEnding(false)}
            save={t.end}
            isDanger
            onSave={async ({ reason }) => {
              await end.mutateAsync({ input: { partyId: party.id, reason: reason ?? '' } });
              onClose();
            }}
          >
            <p>{t.endMore}</p>
            <Form.Item name="reason" label={t.reason}>
              <Input.TextArea rows={2} maxLength={500} />
            </Form.Item>
          </FormDialog>
        </>
      )}
    </Drawer>
  );
}
