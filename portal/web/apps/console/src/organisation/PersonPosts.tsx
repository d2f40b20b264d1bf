/** The posts that a person holds: given in a unit, for good or until a day, and ended. */
import { useState } from 'react';
import { App, Button, Checkbox, DatePicker, Form, Select } from 'antd';
import { PlusOutlined } from '@ant-design/icons';
import type { Dayjs } from 'dayjs';
import { words } from '@anhuan/i18n';
import { rightNow } from '@anhuan/i18n/time';
import { said } from '@anhuan/wire';
import { ConsoleEndPost, ConsolePostKinds, ConsoleSetPost, type ConsolePersonFullQuery } from '../gql';
import '../shared/calendar';
import { FormDialog, needed } from '../shared/FormDialog';
import { UnitPick } from '../shared/UnitPick';
import { Tag } from '../shared/parts';
import { useAct, useAnswer } from '../shared/query';
import { picked } from '../shared/zoned';
import css from './organisation.module.css';
import { duties } from './words';

const t = words({
  title: ['岗位', 'Posts'],
  add: ['任岗', 'Give a post'],
  addTitle: [(name: string) => `给${name}任岗`, (name: string) => `A post for ${name}`],
  post: ['岗位', 'Post'],
  unit: ['在哪个单位', 'In which unit'],
  unitHint: ['岗位带来的权限在此单位及其下级有效。', 'What the post brings holds in this unit and below.'],
  until: ['到哪天为止', 'Until'],
  untilHint: ['不填则长期', 'Left empty: for good'],
  primary: ['主岗', 'Main post'],
  none: ['未任岗', 'Holds no post'],
  end: ['免去', 'End'],
  endSure: [(post: string) => `免去“${post}”？`, (post: string) => `End “${post}”?`],
  endMore: ['随岗位带来的权限，从本人下一次操作起失效。', 'What the post brings ends with the person’s next request.'],
  ended: ['已免去', 'Ended'],
  cancel: ['取消', 'Cancel'],
});

interface Entered {
  postId: string;
  unitId: string;
  until?: Dayjs | null;
  isPrimary?: boolean;
}

/** A list with what can be done. */
export function PersonPosts({ person }: { person: NonNullable<ConsolePersonFullQuery['person']> }) {
  const { modal, message } = App.useApp();
  const [isAdding, setAdding] = useState(false);
  const posts = useAnswer(ConsolePostKinds, {}, ['policy'], { isWanted: isAdding });
  const set = useAct(ConsoleSetPost, ['people']);
  const end = useAct(ConsoleEndPost, ['people']);
  const manages = person.can.includes('person.manage') && !person.disabledAt;
  const askToEnd = (holdingId: string, name: string): void => {
    modal.confirm({
      title: t.endSure(name),
      content: t.endMore,
      okText: t.end,
      cancelText: t.cancel,
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await end.mutateAsync({ input: { holdingId } });
          message.success(t.ended);
        } catch (problem) {
          message.error(said(problem));
        }
      },
    });
  };
  return (
    <section>
      <div className={css.section}>
        <h3>{t.title}</h3>
        {manages && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t.add}
          </Button>
        )}
      </div>
      {person.posts.length ? (
        <ul className={css.rows}>
          {person.posts.map((post) => (
            <li key={post.id}>
              <span>
                {post.name} {post.isPrimary && <Tag tone="brand">{t.primary}</Tag>}
                <small>{[post.unit?.name, duties(post.duty)].filter(Boolean).join(' · ')}</small>
              </span>
              {manages && (
                <Button size="small" type="text" danger onClick={() => askToEnd(post.id, post.name)}>
                  {t.end}
                </Button>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <p className={css.quiet}>{t.none}</p>
      )}
      <FormDialog<Entered>
        title={t.addTitle(person.name)}
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        initial={{ unitId: person.unit?.id, isPrimary: person.posts.length === 0 }}
        onSave={async ({ postId, unitId, until, isPrimary }, id) =>
          set.mutateAsync({ input: { id, personId: person.id, postId, unitId, isPrimary: Boolean(isPrimary), until: until ? picked(until.endOf('day')).toISOString() : null } })
        }
      >
        <Form.Item name="postId" label={t.post} rules={needed()}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={posts.isLoading}
            options={posts.data?.postsOfCompany.map((post) => ({ value: post.id, label: `${post.name}（${duties(post.duty)}）` })) ?? []}
          />
        </Form.Item>
        <Form.Item name="unitId" label={t.unit} rules={needed()} extra={t.unitHint}>
          <UnitPick />
        </Form.Item>
        <Form.Item name="until" label={t.until} extra={t.untilHint}>
          <DatePicker style={{ width: '100%' }} disabledDate={(date) => date.isBefore(new Date(rightNow()), 'day')} />
        </Form.Item>
        <Form.Item name="isPrimary" valuePropName="checked">
          <Checkbox>{t.primary}</Checkbox>
        </Form.Item>
      </FormDialog>
    </section>
  );
}
