/** A module that the company does not have: what it does, and the trial for who may begin it. */
import { useState } from 'react';
import { Alert, Button } from 'antd';
import { v7 } from 'uuid';
import { named, words } from '@anhuan/i18n';
import { fetchWho, said, type WireError } from '@anhuan/wire';
import { ConsoleSubscribe } from '../gql';
import { touch, useAct } from './query';
import { may, useWho } from './rights';
import css from './shared.module.css';
import { State } from './states';

const t = words({
  title: [(name: string) => `尚未开通：${name}`, (name: string) => `Not subscribed: ${name}`],
  some: ['该模块', 'this module'],
  trial: ['免费试用 30 天', 'Try it free for 30 days'],
  ask: ['如需开通，请联系本单位系统管理员。', 'To get it, ask your administrator.'],
});

/** By the module's code, or by the answer of the server that named it. */
export default function NotSubscribed({ module: code, problem }: { module?: string; problem?: WireError }) {
  const who = useWho();
  const subscribe = useAct(ConsoleSubscribe);
  const [id] = useState(() => v7());
  const found = who?.modules.find((one) => one.module.code === code)?.module;
  const text = found ? (named({ nameZh: found.doesZh, nameEn: found.doesEn })) : (problem?.problems[0]?.message ?? '');
  const begin = async (): Promise<void> => {
    if (!found) return;
    await subscribe.mutateAsync({ input: { id, modules: [found.code] } });
    await fetchWho();
    await touch(['modules', 'case', 'me']);
  };
  const mayBegin = found && may(who, ['subscription.manage']);
  return (
    <State
      picture="module"
      title={t.title(found ? named(found) : t.some)}
      acts={
        mayBegin && (
          <Button type="primary" loading={subscribe.isPending} onClick={() => void begin().catch(() => undefined)}>
            {t.trial}
          </Button>
        )
      }
    >
      {text} {!mayBegin && t.ask}
      {subscribe.error && <Alert className={css.bones} type="error" showIcon title={said(subscribe.error)} />}
    </State>
  );
}
