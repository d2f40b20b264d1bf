/** Bring the company to what a workbook says: take one, try it out, read what is wrong, then do it. */
import { useState } from 'react';
import { Alert, Button, Checkbox, Space, Steps, Upload } from 'antd';
import { FileExcelOutlined, InboxOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { DownloadButton } from '../shared/DownloadButton';
import { useGuard } from '../shared/guard';
import { Page, Panel } from '../shared/Page';
import { may, useWho } from '../shared/rights';
import { Denied } from '../shared/states';
import { Counts } from './Counts';
import { forget, refuse, run, useImport, type Result } from './import-run';
import { InvitedTable } from './Invitations';
import { ProblemTable } from './ProblemTable';
import css from './organisation.module.css';

const t = words({
  title: ['批量导入', 'Import'],
  about: ['用 Excel 一次建好组织、人员、岗位和相关方。先试运行，不会写入任何数据；有错误的行不导入，其余照常导入；重复导入不会重复建。', 'Units, people, posts and outside parties out of one workbook. A trial run writes nothing; rows with errors are left out, the others go in; importing again changes nothing.'],
  take: ['下载表格', 'Take a workbook'],
  takeMore: ['空白模板自带说明和下拉选项；已有数据时，建议在现有数据表上修改。', 'The blank one explains itself; with people already here, better change the current one.'],
  template: ['下载空白模板', 'Blank workbook'],
  current: ['下载现有数据', 'Workbook of the company as it is'],
  choose: ['上传并试运行', 'Upload and try'],
  drop: ['点击或把 Excel 文件拖到这里', 'Click, or drop the workbook here'],
  dropMore: ['.xlsx，最大 10 MB；选好后自动试运行', '.xlsx, 10 MB at most; it is tried at once'],
  large: ['文件超过 10 MB，请拆分后再导入', 'The file is larger than 10 MB; divide it'],
  again: ['换一个文件', 'Another file'],
  tried: ['试运行结果（尚未写入）', 'Trial run (nothing was written)'],
  running: ['正在处理，人多时需要一两分钟，请勿关闭页面…', 'Working; with many people this takes a minute or two. Keep the page open…'],
  allGood: ['没有错误，可以导入。', 'No errors; it can be imported.'],
  someBad: [(n: number) => `有 ${n} 处错误，所在行不会导入；可先改好再传，也可以先导入其余行。`, (n: number) => `${n} error${n > 1 ? 's' : ''}; their rows are left out. Mend them and upload again, or import the others now.`],
  blank: ['表里还没有数据，请填写后再上传。', 'The workbook is empty; fill it in and upload it again.'],
  nothing: ['与现有数据相同，没有需要导入的内容。', 'The same as what is here; nothing to import.'],
  invite: ['为新人员生成激活码', 'Make activation codes for newcomers'],
  inviteHint: ['激活码只显示一次，导入后请立即下载或打印。', 'They are shown once; download or print them right after the import.'],
  do: ['正式导入', 'Import'],
  done: ['已导入', 'Imported'],
  codes: [(n: number) => `激活码（${n} 人）`, (n: number) => `Activation codes (${n})`],
  errors: [(n: number) => `错误 ${n}`, (n: number) => `Errors ${n}`],
  notes: [(n: number) => `提示 ${n}`, (n: number) => `Notes ${n}`],
});

const MOST = 10 * 1024 * 1024;

/** The screen. */
export default function ImportPage() {
  useLanguage();
  const who = useWho();
  const { file, result, problem, isBusy } = useImport();
  const [invite, setInvite] = useState(true);
  // Codes are shown once.
  useGuard(() => isBusy || Boolean(result?.activations.length));
  if (!may(who, ['unit.manage', 'person.manage'])) return <Denied />;
  const choose = async (chosen: File): Promise<void> => {
    if (chosen.size > MOST) refuse(t.large);
    else await run({ name: chosen.name, base64: await base64Of(chosen) }, { dryRun: true, invite });
  };
  const step = result ? (result.dryRun ? 2 : 3) : file ? 1 : 0;
  return (
    <Page title={t.title} about={t.about}>
      <Panel>
        <Steps className={css.steps} size="small" current={step} items={[{ title: t.take }, { title: t.choose }, { title: t.do }]} />
      </Panel>
      {!result && (
        <Panel title={t.take}>
          <p className={css.off}>{t.takeMore}</p>
          <Space wrap>
            <DownloadButton address="/organisation-template.xlsx">{t.template}</DownloadButton>
            <DownloadButton address="/organisation.xlsx">{t.current}</DownloadButton>
          </Space>
        </Panel>
      )}
      <Panel title={result ? (result.dryRun ? t.tried : t.done) : t.choose} small={file?.name} acts={file && !isBusy && <Button onClick={forget}>{t.again}</Button>}>
        {!file && (
          <Upload.Dragger
            accept=".xlsx"
            maxCount={1}
            showUploadList={false}
            beforeUpload={(chosen) => {
              void choose(chosen);
              return Upload.LIST_IGNORE;
            }}
          >
            <p style={{ fontSize: 32, margin: 0, color: 'var(--brand)' }}>
              <InboxOutlined />
            </p>
            <p>{t.drop}</p>
            <p className={css.off}>{t.dropMore}</p>
          </Upload.Dragger>
        )}
        {problem && <Alert type="error" showIcon title={problem} style={{ margin: '12px 0' }} />}
        {isBusy && <Alert type="info" showIcon icon={<FileExcelOutlined />} title={t.running} />}
        {result && !isBusy && <Outcome of={result} />}
        {result?.dryRun && !isBusy && file && changes(result) > 0 && (
          <div className={css.tools} style={{ marginTop: 16 }}>
            <Button type="primary" size="large" onClick={() => void run(file, { dryRun: false, invite })}>
              {t.do}
            </Button>
            <Checkbox checked={invite} onChange={(event) => setInvite(event.target.checked)}>
              {t.invite}
            </Checkbox>
            {invite && <small className={css.off}>{t.inviteHint}</small>}
          </div>
        )}
      </Panel>
      {result && result.activations.length > 0 && (
        <Panel title={t.codes(result.activations.length)}>
          <InvitedTable of={result.activations} />
        </Panel>
      )}
      {result && result.errors.length > 0 && (
        <Panel title={t.errors(result.errors.length)}>
          <ProblemTable of={result.errors} />
        </Panel>
      )}
      {result && result.notes.length > 0 && (
        <Panel title={t.notes(result.notes.length)}>
          <ProblemTable of={result.notes} />
        </Panel>
      )}
    </Page>
  );
}

function Outcome({ of }: { of: Result }) {
  const bad = of.errors.length;
  const title = bad ? t.someBad(bad) : changes(of) ? t.allGood : isBlank(of) ? t.blank : t.nothing;
  return (
    <>
      {of.dryRun && <Alert type={bad || isBlank(of) ? 'warning' : 'success'} showIcon title={title} style={{ marginBottom: 12 }} />}
      <Counts of={of} />
    </>
  );
}

/** How much would be, or was, written. */
function changes(of: Result): number {
  return of.ended + [of.units, of.people, of.posts, of.parties].reduce((sum, one) => sum + one.created + one.updated, 0);
}

function isBlank(of: Result): boolean {
  return changes(of) === 0 && [of.units, of.people, of.posts, of.parties].every((one) => one.unchanged === 0);
}

async function base64Of(file: File): Promise<string> {
  return new Promise((found, failed) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => found(String(reader.result).split(',')[1] ?? ''));
    reader.addEventListener('error', () => failed(reader.error ?? new Error('unreadable')));
    reader.readAsDataURL(file);
  });
}
