/** Screens in chunks of their own: asked for when first shown, or before, when the phone is idle. Without network one that never came says so. */
import { words } from '@anhuan/i18n';
import { Button, Loading, State } from '@anhuan/ui';
import { CloudOff } from 'lucide-react';
import { useEffect, useState, type ComponentType } from 'react';

const t = words({
  title: ['这个页面还没有下载到本机', 'This screen is not on the phone yet'],
  more: ['请在有网络的地方打开一次，之后没有网络也能用。', 'Open it once where there is network; after that it works without.'],
  again: ['重试', 'Try again'],
});

export type Later<Props> = ComponentType<Props> & {
  /** Fetch it before it is shown. */
  ready: () => Promise<void>;
};

/** A component that is loaded when it is first shown; `isPart` says that it is only a part of a screen. */
export function later<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>, isPart = false): Later<Props> {
  let found: ComponentType<Props> | undefined;
  const ready = async (): Promise<void> => {
    found ??= (await load()).default;
  };
  function Later(props: Props) {
    const [state, set] = useState<'loading' | 'here' | 'failed'>(found ? 'here' : 'loading');
    useEffect(() => {
      if (state === 'loading') ready().then(() => set('here'), () => set('failed'));
    }, [state]);
    const Found = found;
    if (Found) return <Found {...props} />;
    if (state !== 'failed') return <Loading />;
    const told = (
      <State picture={<CloudOff size={44} strokeWidth={1.4} aria-hidden="true" />} title={t.title} action={<Button kind="soft" onClick={() => set('loading')}>{t.again}</Button>}>
        {t.more}
      </State>
    );
    return isPart ? told : <main>{told}</main>;
  }
  return Object.assign(Later, { ready });
}
