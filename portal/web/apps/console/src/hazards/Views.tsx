/** Ways of looking at the list that are worth keeping: one's own, and those that somebody shared. */
import { useState } from 'react';
import { DeleteOutlined, DownOutlined, StarFilled, StarOutlined } from '@ant-design/icons';
import { Alert, App, Button, Checkbox, Form, Input, Modal, Popover } from 'antd';
import { v7 } from 'uuid';
import { words } from '@anhuan/i18n';
import { said } from '@anhuan/wire';
import { LedgerRemoveView, LedgerSaveView, LedgerViews } from '../gql';
import { Tag } from '../shared/parts';
import { putProblems } from '../shared/problems';
import { useAct, useAnswer } from '../shared/query';
import { UnitPick } from '../shared/UnitPick';
import { bodyOf, ofBody, type Filter } from './filter';
import css from './ledger.module.css';

const t = words({
  views: ['常用视图', 'Views'],
  save: ['保存当前视图', 'Save this view'],
  none: ['把常用的筛选和列保存下来，下次一键打开。', 'Save filters and columns that you use often.'],
  name: ['名称', 'Name'],
  needName: ['请输入名称', 'Give it a name'],
  share: ['共享给（可不选）', 'Share with (optional)'],
  shareHint: ['该单位及下级有权查看台账的人都能使用', 'Everybody there and beneath who may see the list can use it'],
  isDefault: ['打开台账时默认使用', 'Use it when the list opens'],
  saved: ['视图已保存', 'View saved'],
  from: [(who: string) => `${who} 共享`, (who: string) => `from ${who}`],
  remove: [(name: string) => `删除视图 ${name}`, (name: string) => `Remove the view ${name}`],
  removeAsk: [(name: string) => `删除视图“${name}”？`, (name: string) => `Remove the view “${name}”?`],
  default: ['默认', 'default'],
  ok: ['保存', 'Save'],
});

interface ViewsProps {
  filter: Filter;
  columns: readonly string[];
  onView: (filter: Filter, columns: string[] | null) => void;
}

interface Given {
  name: string;
  unitId?: string;
  isDefault?: boolean;
}

/** The list of views and the dialog that keeps one. */
export function Views({ filter, columns, onView }: ViewsProps) {
  const [isOpen, setOpen] = useState(false);
  const [id, setId] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [form] = Form.useForm<Given>();
  const { data } = useAnswer(LedgerViews, {}, ['views']);
  const save = useAct(LedgerSaveView, ['views']);
  const remove = useAct(LedgerRemoveView, ['views']);
  const { message, modal } = App.useApp();
  const views = data?.savedViews ?? [];

  const keep = async ({ name, unitId, isDefault }: Given): Promise<void> => {
    setProblem(null);
    try {
      await save.mutateAsync({ input: { id: id!, target: 'hazards', name: name.trim(), body: bodyOf(filter, columns), unitId: unitId ?? null, isDefault: Boolean(isDefault), rank: views.length } });
      message.success(t.saved);
      setId(null);
    } catch (found) {
      setProblem(putProblems(form, found));
    }
  };
  const drop = (view: (typeof views)[number]): void =>
    void modal.confirm({
      title: t.removeAsk(view.name),
      onOk: async () => {
        try {
          await remove.mutateAsync({ input: { id: view.id } });
        } catch (found) {
          message.error(said(found));
        }
      },
    });
  return (
    <>
      <Popover
        trigger="click"
        placement="bottomRight"
        open={isOpen}
        onOpenChange={setOpen}
        content={
          <div className={css.views}>
            {views.length === 0 && <p>{t.none}</p>}
            <ul>
              {views.map((view) => (
                <li key={view.id}>
                  <button
                    type="button"
                    onClick={() => {
                      const { filter: kept, columns: chosen } = ofBody(view.body);
                      setOpen(false);
                      onView(kept, chosen);
                    }}
                  >
                    {view.isDefault ? <StarFilled /> : <StarOutlined />} <span>{view.name}</span>
                    {view.isDefault && <Tag tone="brand">{t.default}</Tag>}
                    {!view.isMine && <small>{t.from(view.owner?.name ?? '')}</small>}
                    {view.isMine && view.sharedWith && <small>{view.sharedWith.name}</small>}
                  </button>
                  {view.isMine && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t.remove(view.name)} onClick={() => drop(view)} />}
                </li>
              ))}
            </ul>
            <Button
              block
              onClick={() => {
                setOpen(false);
                setProblem(null);
                form.resetFields();
                setId(v7());
              }}
            >
              {t.save}
            </Button>
          </div>
        }
      >
        <Button icon={<StarOutlined />}>
          {t.views} <DownOutlined />
        </Button>
      </Popover>
      <Modal open={id !== null} title={t.save} okText={t.ok} confirmLoading={save.isPending} onOk={() => form.submit()} onCancel={() => setId(null)} forceRender width={420}>
        {problem && <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} />}
        <Form<Given> form={form} layout="vertical" onFinish={(given) => void keep(given)}>
          <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true, message: t.needName }]}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="unitId" label={t.share} extra={t.shareHint}>
            <UnitPick />
          </Form.Item>
          <Form.Item name="isDefault" valuePropName="checked">
            <Checkbox>{t.isDefault}</Checkbox>
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
