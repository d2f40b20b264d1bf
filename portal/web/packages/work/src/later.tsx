/** Screens in chunks of their own, for apps that mount them; without network one that never came says so. */
import { words } from '@anhuan/i18n';
import { Button, Loading, State } from '@anhuan/ui';
import { CloudOff } from 'lucide-react';
import { useEffect, useState, type ComponentType } from 'react';

const t = words({
  title: ['这个页面还没有下载到本机', 'This screen is not on the phone yet'],
  more: ['请在有网络的地方打开一次，之后没有网络也能用。', 'Open it once where there is network; after that it works without.'],
  again: ['重试', 'Try again'],
});

/** A component that is loaded when it is first shown. */
export function later<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>): ComponentType<Props> {
  let Found: ComponentType<Props> | undefined;
  return function Later(props: Props) {
    const [state, setState] = useState<'loading' | 'here' | 'failed'>(Found ? 'here' : 'loading');
    useEffect(() => {
      if (state !== 'loading') return;
      load().then(
        (loaded) => {
          Found = loaded.default;
          setState('here');
        },
        () => setState('failed'),
      );
    }, [state]);
    if (state === 'here' && Found) return <Found {...props} />;
    if (state === 'loading') return <Loading />;
    return (
      <State picture={<CloudOff size={44} strokeWidth={1.4} aria-hidden="true" />} title={t.title} action={<Button kind="soft" onClick={() => setState('loading')}>{t.again}</Button>}>
        {t.more}
      </State>
    );
  };
}
