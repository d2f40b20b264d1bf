/** Areas and machines in the scope that the console looks at. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Page, Panel } from '../shared/Page';
import { Tabs } from '../shared/Tabs';
import { may, useWho } from '../shared/rights';
import { useUnit } from '../shared/unit';
import { AreaTable } from './AreaTable';
import { AssetTable } from './AssetTable';

const t = words({
  title: ['区域与设备', 'Areas and machines'],
  about: ['按左上角所选单位及其下级显示。勾选后可打印二维码标签，贴到现场，手机扫码即可上报。', 'Of the unit chosen above and everything under it. Choose some to print QR labels; a scan on site begins a report.'],
  areas: ['区域', 'Areas'],
  assets: ['设备', 'Machines'],
});

/** The screen. */
export default function PlacesPage() {
  useLanguage();
  const [unit] = useUnit();
  const mayAdd = may(useWho(), ['unit.manage']);
  return (
    <Page title={t.title} about={t.about}>
      <Panel>
        <Tabs
          items={[
            { key: 'areas', label: t.areas, children: <AreaTable unit={unit} mayAdd={mayAdd} /> },
            { key: 'assets', label: t.assets, children: <AssetTable unit={unit} mayAdd={mayAdd} /> },
          ]}
        />
      </Panel>
    </Page>
  );
}
