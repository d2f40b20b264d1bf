/** An address that leads nowhere. */
import { words } from '@anhuan/i18n';
import { Button, Empty, Page } from '@anhuan/ui';
import { useLocation } from 'wouter';

const t = words({
  title: ['找不到页面', 'Page not found'],
  more: ['地址可能不完整，或者页面已经移走。', 'The address may be incomplete, or the page has moved.'],
  home: ['回到首页', 'Go home'],
});

export default function Nowhere() {
  const [, go] = useLocation();
  return (
    <Page title={t.title} onBack={() => go('/')}>
      <Empty title={t.title} action={<Button kind="soft" onClick={() => go('/')}>{t.home}</Button>}>{t.more}</Empty>
    </Page>
  );
}
