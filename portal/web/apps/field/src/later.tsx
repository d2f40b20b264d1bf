/** Screens in chunks of their own: asked for when first shown, or before, when the phone is idle. */
import { words } from '@anhuan/i18n';
import { Button, Loading, State } from '@anhuan/ui';
import { CloudOff } from 'lucide-react';
import { useEffect, useState, type ComponentType } from 'react';

const t = words({
  title: ['这个页面还没有下载到本机', 'This screen is not on the phone yet'],
  more: ['请在有网络的地方打开一次，之后没有网络也能用。', 'Open it once where there is network; after that it works without.'],
  again: ['重试', 'Try again'],
});

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

/** A component that is loaded when it is first shown. */
export function later<Props extends object>(load: Load<Props>): ComponentType<Props> & { ready: () => Promise<unknown> } {
  let found: ComponentType<Props> | undefined;
  const ready = async (): Promise<void> => {
    found ??= (await load()).default;
  };
  function Later(props: Props) {
    const [state, set] = useState<'loading' | 'here' | 'failed'>(found ? 'here' : 'loading');
    useEffect(() => {
      if (state === 'loading') ready().then(() => set('here'), () => set('failed'));
    }, [state]);
    if (state === 'failed')
      return (
        <main>
          <State picture={<CloudOff size={44} strokeWidth={1.4} aria-hidden="true" />} title={t.title} action={<Button kind="soft" onClick={() => set('loading')}>{t.again}</Button>}>
            {t.more}
          </State>
        </main>
      );
    const Found = found;
    return Found ? <Found {...props} /> : <Loading />;
  }
  return Object.assign(Later, { ready });
}
