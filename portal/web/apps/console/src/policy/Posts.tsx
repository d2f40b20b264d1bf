/** The posts of the company: what each means to safety work, and the roles that come with it where it is held. */
import { useState } from 'react';
import { Button, Form, Input, Select, Table } from 'antd';
import { PlusOutlined } from '@ant-design/icons';
import { named, words } from '@anhuan/i18n';
import { ConsoleAddPost, ConsoleChangePost, ConsolePostKinds, ConsoleRoleNames, type ConsolePostKindsQuery, type Duty } from '../gql';
import { DUTIES, duties } from '../organisation/words';
import { Answered } from '../shared/Answered';
import { FormDialog, needed } from '../shared/FormDialog';
import { useAct, useAnswer } from '../shared/query';
import { may, useWho } from '../shared/rights';
import { Empty } from '../shared/states';

const t = words({
  add: ['新增岗位', 'Add a post'],
  change: ['修改', 'Change'],
  changeTitle: [(name: string) => `修改“${name}”`, (name: string) => `Change “${name}”`],
  code: ['编号', 'Code'],
  name: ['岗位名称', 'Post'],
  duty: ['安全职责', 'Duty'],
  dutyHint: ['流程按职责找人：如“安全员”定级，“班组长”派发', 'Loops find their people by it: the safety officer grades, the team leader assigns'],
  roles: ['带来的角色', 'Roles that it brings'],
  rolesHint: ['在任岗的单位及其下级有效；从下一次操作起生效', 'They hold in the unit of the post and below, from the next request on'],
  none: ['还没有岗位', 'No posts yet'],
  noneMore: ['岗位把人和职责连起来，可在这里新增或批量导入。', 'Posts join people and duties; add them here or import them.'],
});

type Post = ConsolePostKindsQuery['postsOfCompany'][number];

interface Entered {
  code: string;
  name: string;
  duty: Duty;
  roles?: string[];
}

/** A table with what can be done. */
export function Posts() {
  const answer = useAnswer(ConsolePostKinds, {}, ['policy', 'organisation']);
  const who = useWho();
  const roles = useAnswer(ConsoleRoleNames, {}, ['policy'], { isWanted: may(who, ['policy.read']) });
  const add = useAct(ConsoleAddPost, ['policy', 'organisation']);
  const change = useAct(ConsoleChangePost, ['policy', 'organisation', 'people']);
  const [isAdding, setAdding] = useState(false);
  const [changing, setChanging] = useState<Post | null>(null);
  const manages = may(who, ['unit.manage']);
  const givesRoles = may(who, ['policy.manage']);
  const roleName = (code: string): string => {
    const role = roles.data?.roles.find((one) => one.code === code);
    return role ? named(role) : code;
  };
  const roleOptions = roles.data?.roles.map((role) => ({ value: role.code, label: named(role) })) ?? [];
  const rolesItem = (
    <Form.Item name="roles" label={t.roles} extra={t.rolesHint}>
      <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={roleOptions} />
    </Form.Item>
  );
  return (
    <Answered of={answer} shape="table">
      {({ postsOfCompany }) => (
        <>
          {manages && (
            <Button icon={<PlusOutlined />} onClick={() => setAdding(true)} style={{ marginBottom: 12 }}>
              {t.add}
            </Button>
          )}
          <Table<Post>
            rowKey="id"
            size="small"
            scroll={{ x: 640 }}
            pagination={postsOfCompany.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
            dataSource={postsOfCompany}
            locale={{ emptyText: <Empty isSmall title={t.none}>{t.noneMore}</Empty> }}
            columns={[
              { title: t.name, dataIndex: 'name' },
              { title: t.code, dataIndex: 'code', width: 160 },
              { title: t.duty, width: 150, render: (_, post) => duties(post.duty), filters: DUTIES.map((duty) => ({ text: duties(duty), value: duty })), onFilter: (duty, post) => post.duty === duty },
              { title: t.roles, render: (_, post) => (post.roles.length ? post.roles.map(roleName).join('、') : '—') },
              ...(manages
                ? [
                    {
                      width: 80,
                      render: (_: unknown, post: Post) => (
                        <Button type="link" size="small" onClick={() => setChanging(post)}>
                          {t.change}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          <FormDialog<Entered>
            title={t.add}
            isOpen={isAdding}
            onClose={() => setAdding(false)}
            initial={{ duty: 'WORKER', roles: [] }}
            onSave={async ({ roles: brings, ...values }, id) => add.mutateAsync({ input: { id, ...values, roles: brings ?? [] } })}
          >
            <Form.Item name="name" label={t.name} rules={needed()}>
              <Input maxLength={60} />
            </Form.Item>
            <Form.Item name="code" label={t.code} rules={needed()}>
              <Input maxLength={40} />
            </Form.Item>
            <Form.Item name="duty" label={t.duty} extra={t.dutyHint}>
              <Select options={DUTIES.map((duty) => ({ value: duty, label: duties(duty) }))} />
            </Form.Item>
            {givesRoles && rolesItem}
          </FormDialog>
          <FormDialog<Pick<Entered, 'name' | 'roles'>>
            title={t.changeTitle(changing?.name ?? '')}
            isOpen={changing !== null}
            onClose={() => setChanging(null)}
            initial={{ name: changing?.name, roles: changing?.roles }}
            onSave={async ({ name, roles: brings }) => change.mutateAsync({ input: { postId: changing!.id, name, ...(givesRoles ? { roles: brings ?? [] } : {}) } })}
          >
            <Form.Item name="name" label={t.name} rules={needed()}>
              <Input maxLength={60} />
            </Form.Item>
            {givesRoles && rolesItem}
          </FormDialog>
        </>
      )}
    </Answered>
  );
}
