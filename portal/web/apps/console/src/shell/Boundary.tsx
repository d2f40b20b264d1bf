/** A screen that falls does not take the console with it; a part that is not on the server any more asks for a reload. */
import { Component, type ReactNode } from 'react';
import { Button } from 'antd';
import { words } from '@anhuan/i18n';
import { State } from '../shared/states';

const t = words({
  broken: ['页面出错了', 'This page has failed'],
  brokenMore: ['您的数据没有受影响。请重新加载；若仍出错，请联系管理员。', 'Your data is safe. Reload the page; if it fails again, tell your administrator.'],
  outdated: ['应用已更新', 'The app has been updated'],
  outdatedMore: ['请刷新页面以使用新版本。', 'Reload the page to use the new version.'],
  reload: ['重新加载', 'Reload'],
});

/** With another key, as at another address, it tries again. */
export class Boundary extends Component<{ children: ReactNode }, { problem: Error | null }> {
  override state = { problem: null as Error | null };

  static getDerivedStateFromError(problem: Error) {
    return { problem };
  }

  override render() {
    const { problem } = this.state;
    if (!problem) return this.props.children;
    const isOutdated = /dynamically imported module|module script|Failed to fetch/i.test(problem.message);
    return (
      <State
        picture="broken"
        title={isOutdated ? t.outdated : t.broken}
        acts={
          <Button type="primary" onClick={() => location.reload()}>
            {t.reload}
          </Button>
        }
      >
        {isOutdated ? t.outdatedMore : t.brokenMore}
      </State>
    );
  }
}
