/** The organisation: the tree of units at the left, the unit that is chosen at the right. */
import { useState } from 'react';
import { Button, Checkbox } from 'antd';
import { ImportOutlined } from '@ant-design/icons';
import { useNavigate, useSearchParams } from 'react-router';
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { count } from '@anhuan/i18n/time';
import { ConsoleOrganisation } from '../gql';
import { Answered } from '../shared/Answered';
import { DownloadButton } from '../shared/DownloadButton';
import { Page, Panel } from '../shared/Page';
import { useAnswer } from '../shared/query';
import { may, useWho } from '../shared/rights';
import { Empty } from '../shared/states';
import { useHref } from '../shared/unit';
import { UnitTree } from './UnitTree';
import { UnitView } from './UnitView';
import css from './organisation.module.css';

const t = words({
  title: ['组织机构', 'Organisation'],
  about: [(n: string) => `您可见的单位 ${n} 个`, (n: string) => `${n} units that you can see`],
  closed: ['含已撤销', 'With closed ones'],
  import: ['批量导入', 'Import'],
  download: ['导出 Excel', 'Export to Excel'],
  none: ['没有可见的单位', 'No unit that you can see'],
  noneMore: ['您的角色尚未授予任何单位，请联系系统管理员。', 'None of your roles was given at a unit; ask your administrator.'],
});

/** The screen. */
export default function OrganisationPage() {
  useLanguage();
  const [withClosed, setWithClosed] = useState(false);
  const [search, setSearch] = useSearchParams();
  const answer = useAnswer(ConsoleOrganisation, { closed: withClosed }, ['organisation'], { keeps: true });
  const who = useWho();
  const go = useNavigate();
  const href = useHref();
  const choose = (id: string): void =>
    setSearch(
      (before) => {
        before.set('at', id);
        return before;
      },
      { replace: true },
    );
  return (
    <Page
      title={t.title}
      about={answer.data && t.about(count(answer.data.organisation.length))}
      acts={
        <>
          <Checkbox checked={withClosed} onChange={(event) => setWithClosed(event.target.checked)}>
            {t.closed}
          </Checkbox>
          {may(who, ['unit.manage']) && (
            <>
              <DownloadButton address="/organisation.xlsx">{t.download}</DownloadButton>
              <Button icon={<ImportOutlined />} onClick={() => void go(href('/import'))}>
                {t.import}
              </Button>
            </>
          )}
        </>
      }
    >
      <Answered of={answer} shape="page">
        {({ organisation }) => {
          const at = organisation.find((unit) => unit.id === search.get('at')) ?? organisation[0];
          if (!at) return <Empty title={t.none}>{t.noneMore}</Empty>;
          return (
            <div className={css.split}>
              <Panel className={css.side}>
                <UnitTree units={organisation} at={at.id} onChoose={choose} />
              </Panel>
              <UnitView key={at.id} unit={at} units={organisation} onChoose={choose} />
            </div>
          );
        }}
      </Answered>
    </Page>
  );
}
