/** A report that was declined, open again: what is wrong stands at its field, and it goes out under its own id. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Button, Empty, Loading, Page } from '@anhuan/ui';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { declined, type Declined } from './declined';
import Report from './Report';

const t = words({
  title: ['修改上报', 'Change the report'],
  gone: ['这条上报现在不用修改', 'There is nothing to change'],
  goneMore: ['它可能正在重新上传，或者已经被接受。', 'It may be on its way again, or was accepted meanwhile.'],
  look: ['我的上报', 'My reports'],
});

/** The screen at `/report/again/:id`. */
export default function Again({ id }: { id: string }) {
  useLanguage();
  const [, go] = useLocation();
  const [found, setFound] = useState<Declined | null | undefined>();
  useEffect(() => {
    void declined(id).then((one) => setFound(one ?? null), () => setFound(null));
  }, [id]);
  if (found) return <Report declined={found} />;
  return (
    <Page title={t.title} onBack={() => go('/reports', { replace: true })}>
      {found === undefined ? <Loading lines={8} /> : <Empty title={t.gone} action={<Button kind="soft" onClick={() => go('/reports', { replace: true })}>{t.look}</Button>}>{t.goneMore}</Empty>}
    </Page>
  );
}
