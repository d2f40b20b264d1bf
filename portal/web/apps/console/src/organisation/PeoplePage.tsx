/** Everybody whom one can see, in the scope that the console looks at. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Page, Panel } from '../shared/Page';
import { useUnit } from '../shared/unit';
import { PeopleTable } from './PeopleTable';

const t = words({
  title: ['人员', 'People'],
  about: ['按左上角所选单位及其下级显示；停用的人员默认不显示。', 'Of the unit chosen above and everything under it; disabled people are left out unless asked for.'],
});

/** The screen. */
export default function PeoplePage() {
  useLanguage();
  const [unit] = useUnit();
  return (
    <Page title={t.title} about={t.about}>
      <Panel>
        <PeopleTable unit={unit} />
      </Panel>
    </Page>
  );
}
