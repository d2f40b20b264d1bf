/** Somebody of another firm who came to the console: the way to their own portal. */
import { Button } from 'antd';
import { words } from '@anhuan/i18n';
import { said, signOut, type Who } from '@anhuan/wire';
import { useState } from 'react';
import { State } from '../shared/states';

const t = words({
  title: ['相关方人员请使用协作门户', 'Outside parties have a portal of their own'],
  more: [(name: string, company: string) => `${name}，您好。管理台供${company}内部使用；您的任务和消息在协作门户中办理。`, (name: string, company: string) => `Hello ${name}. The console is for ${company}’s own people; your tasks and messages are in the portal.`],
  go: ['前往协作门户', 'Go to the portal'],
  out: ['退出登录', 'Sign out'],
});

/** The same session is good there. */
export default function Outside({ who }: { who: Who }) {
  const [problem, setProblem] = useState<string | null>(null);
  const leave = (): void => void signOut().catch((found: unknown) => setProblem(said(found)));
  return (
    <main>
      <State
        picture="lock"
        title={t.title}
        acts={
          <>
            <Button type="primary" href="/portal/">{t.go}</Button>
            <Button onClick={leave}>{t.out}</Button>
          </>
        }
      >
        {problem ?? t.more(who.person.name, who.company.name)}
      </State>
    </main>
  );
}
