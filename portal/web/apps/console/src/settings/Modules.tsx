/** The modules of the product on the company's terms: tried, paid for, given up. */
import { useState } from 'react';
import { App, Button, Form, Input, Upload } from 'antd';
import { UploadOutlined } from '@ant-design/icons';
import { v7 } from 'uuid';
import { named, words } from '@anhuan/i18n';
import { day } from '@anhuan/i18n/time';
import { fetchWho, said } from '@anhuan/wire';
import { ConsoleRedeemOrder, ConsoleSubscribe, ConsoleSubscriptions, ConsoleUnsubscribe, type ConsoleTermsFragment } from '../gql';
import { Answered } from '../shared/Answered';
import { FormDialog, needed } from '../shared/FormDialog';
import { Tag, type Tone } from '../shared/parts';
import { useAct, useAnswer } from '../shared/query';
import { may, useWho } from '../shared/rights';
import { yuan } from './money';
import css from './settings.module.css';

const t = words({
  free: ['永久免费', 'Free for good'],
  price: [(yuan: string) => `¥${yuan}／年`, (yuan: string) => `CNY ${yuan} a year`],
  priceMore: ['整个企业，含税', 'for the whole company, tax included'],
  none: ['未开通', 'Not subscribed'],
  TRIAL: ['试用中', 'Trial'],
  ACTIVE: ['已开通', 'Active'],
  GRACE: ['宽限期', 'Grace'],
  LAPSED: ['已到期（只读）', 'Lapsed (read-only)'],
  until: [(date: string) => `至 ${date}`, (date: string) => `until ${date}`],
  graceUntil: [(date: string) => `宽限至 ${date}`, (date: string) => `grace until ${date}`],
  seats: [(n: number) => `${n} 个名额`, (n: number) => `${n} seats`],
  needs: [(names: string) => `需先开通：${names}`, (names: string) => `needs ${names}`],
  try: ['免费试用 30 天', 'Try it free for 30 days'],
  resume: ['恢复订阅', 'Take up again'],
  give: ['退订', 'Give up'],
  giveSure: [(name: string) => `退订“${name}”？`, (name: string) => `Give “${name}” up?`],
  giveMore: ['数据不会删除，到期后只读，可随时导出；以后可再开通。', 'Nothing is deleted; afterwards it is read-only and can be exported, and taken up again at any time.'],
  cancel: ['取消', 'Cancel'],
  done: ['已办理', 'Done'],
  redeem: ['导入订单文件', 'Redeem an order'],
  redeemHint: ['付款后会收到签名的订单文件；每个订单只计一次。', 'After payment you get a signed order file; each counts once.'],
  order: ['订单内容', 'Order'],
  choose: ['选择文件', 'Choose the file'],
});

const TONES: Record<string, Tone> = { TRIAL: 'brand', ACTIVE: 'good', GRACE: 'warn', LAPSED: 'major' };

/** One card a module. */
export function Modules() {
  const { message, modal } = App.useApp();
  const who = useWho();
  const answer = useAnswer(ConsoleSubscriptions, {}, ['modules']);
  const subscribe = useAct(ConsoleSubscribe, ['modules', 'me']);
  const unsubscribe = useAct(ConsoleUnsubscribe, ['modules', 'me']);
  const [isRedeeming, setRedeeming] = useState(false);
  const manages = may(who, ['subscription.manage']);
  const tried = async (what: () => Promise<unknown>): Promise<void> => {
    try {
      await what();
      await fetchWho();
      message.success(t.done);
    } catch (problem) {
      message.error(said(problem));
    }
  };
  const askToGiveUp = ({ module }: ConsoleTermsFragment): void => {
    modal.confirm({
      title: t.giveSure(named(module)),
      content: t.giveMore,
      okText: t.give,
      cancelText: t.cancel,
      okButtonProps: { danger: true },
      onOk: async () => tried(async () => unsubscribe.mutateAsync({ input: { id: v7(), module: module.code } })),
    });
  };
  return (
    <Answered of={answer} shape="cards">
      {({ subscriptions }) => (
        <>
          {manages && (
            <div className={css.tools}>
              <Button icon={<UploadOutlined />} onClick={() => setRedeeming(true)}>
                {t.redeem}
              </Button>
              <span className={css.quiet}>{t.redeemHint}</span>
            </div>
          )}
          <div className={css.modules}>
            {subscriptions.map((one) => {
              const { module, terms } = one;
              const missing = module.needs.filter((code) => !subscriptions.some((other) => other.module.code === code && other.terms));
              return (
                <section key={module.code} className={css.module}>
                  <h3>
                    {named(module)}
                    <Tag tone={terms ? TONES[terms] : 'plain'}>{module.fenPerYear === 0 ? t.free : terms ? t[terms] : t.none}</Tag>
                  </h3>
                  <p>{named({ nameZh: module.doesZh, nameEn: module.doesEn })}</p>
                  {missing.length > 0 && <p>{t.needs(missing.map((code) => named(subscriptions.find((other) => other.module.code === code)?.module ?? { nameZh: code, nameEn: code })).join('、'))}</p>}
                  <div className={css.foot}>
                    <div className={css.price}>
                      {module.fenPerYear > 0 && (
                        <>
                          {t.price(yuan(module.fenPerYear))}
                          <small>{dates(one) ?? t.priceMore}</small>
                        </>
                      )}
                    </div>
                    {manages && module.fenPerYear > 0 && (
                      <>
                        {(!terms || terms === 'LAPSED') && (
                          <Button type="primary" loading={subscribe.isPending} onClick={() => void tried(async () => subscribe.mutateAsync({ input: { id: v7(), modules: [module.code] } }))}>
                            {terms ? t.resume : t.try}
                          </Button>
                        )}
                        {terms && terms !== 'LAPSED' && <Button onClick={() => askToGiveUp(one)}>{t.give}</Button>}
                      </>
                    )}
                  </div>
                </section>
              );
            })}
          </div>
          <Redeem isOpen={isRedeeming} onClose={() => setRedeeming(false)} />
        </>
      )}
    </Answered>
  );
}

function dates({ endsAt, graceEndsAt, terms, seats }: ConsoleTermsFragment): string | null {
  const parts = [terms === 'GRACE' && graceEndsAt ? t.graceUntil(day(graceEndsAt)) : endsAt && t.until(day(endsAt)), seats !== null && t.seats(seats)].filter(Boolean);
  return parts.length ? parts.join(' · ') : null;
}

function Redeem({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const redeem = useAct(ConsoleRedeemOrder, ['modules', 'me']);
  return (
    <FormDialog<{ order: string }>
      title={t.redeem}
      isOpen={isOpen}
      onClose={onClose}
      onSave={async ({ order }, id) => {
        await redeem.mutateAsync({ input: { id, order } });
        await fetchWho();
      }}
    >
      <p>{t.redeemHint}</p>
      <Form.Item name="order" label={t.order} rules={needed()}>
        <OrderInput />
      </Form.Item>
    </FormDialog>
  );
}

/** Pasted, or out of a file. */
function OrderInput({ id, value, onChange }: { id?: string; value?: string; onChange?: (value: string) => void }) {
  return (
    <>
      <Input.TextArea id={id} rows={6} className={css.mono} value={value} onChange={(event) => onChange?.(event.target.value)} spellCheck={false} />
      <Upload
        showUploadList={false}
        beforeUpload={(file) => {
          void file.text().then((text) => onChange?.(text));
          return Upload.LIST_IGNORE;
        }}
      >
        <Button size="small" icon={<UploadOutlined />} style={{ marginTop: 8 }}>
          {t.choose}
        </Button>
      </Upload>
    </>
  );
}
