/** The company's closed loops as they are in force, and every version before: read-only, in words. */
import { Suspense, lazy, useMemo, useState } from 'react';
import { Segmented, Select } from 'antd';
import { spoken, words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { moment } from '@anhuan/i18n/time';
import { ConsoleLoops, type ConsoleLoopsQuery } from '../gql';
import { Answered } from '../shared/Answered';
import { Page, Panel } from '../shared/Page';
import { Tabs } from '../shared/Tabs';
import { Tag } from '../shared/parts';
import { useAnswer } from '../shared/query';
import { Empty, Loading } from '../shared/states';
import { Compare } from './Compare';
import { Ladders } from './Ladders';
import { Raw } from './Raw';
import { StepDrawer } from './StepDrawer';
import { StepTable } from './StepTable';
import { readLoop, spokenName, type Step } from './definition';
import css from './loops.module.css';

const Diagram = lazy(async () => import('./Diagram'));

const t = words({
  title: ['流程与表单', 'Loops and forms'],
  about: ['每一步由谁办、多久办完、要什么证据、超期怎样升级。已发布的版本不会改动，办理中的事项一直按开始时的版本走。', 'Who does each step, by when, with what evidence, and what happens when it is late. Published versions never change; a running case keeps the one it began with.'],
  none: ['还没有流程', 'No loops yet'],
  noneMore: ['开通隐患治理等模块后，随附的流程会出现在这里。', 'They come with the modules, such as Hazards.'],
  version: [(no: number) => `第 ${no} 版`, (no: number) => `Version ${no}`],
  inForce: ['现行', 'in force'],
  published: [(at: string) => `发布于 ${at}`, (at: string) => `published ${at}`],
  library: ['随附流程', 'Shipped'],
  own: ['本企业流程', 'The company’s own'],
  series: [(code: string) => `编号前缀 ${code}`, (code: string) => `numbers begin with ${code}`],
  diagram: ['流程图', 'Diagram'],
  steps: ['步骤', 'Steps'],
  ladders: ['超期升级', 'When it is late'],
  compare: ['版本比较', 'Compare versions'],
  raw: ['原始定义', 'Definition'],
  which: ['流程', 'Loop'],
  whichVersion: ['版本', 'Version'],
});

type Definition = ConsoleLoopsQuery['loopDefinitions'][number];

/** The screen. */
export default function LoopsPage() {
  useLanguage();
  const answer = useAnswer(ConsoleLoops, {}, ['definition']);
  return (
    <Page title={t.title} about={t.about}>
      <Answered of={answer} shape="page">
        {({ loopDefinitions }) => (loopDefinitions.length ? <Loops all={loopDefinitions} /> : <Empty title={t.none}>{t.noneMore}</Empty>)}
      </Answered>
    </Page>
  );
}

function nameOf(one: Definition): string {
  return spokenName(readLoop(one.body).name, spoken());
}

function Loops({ all }: { all: readonly Definition[] }) {
  const codes = useMemo(() => [...new Set(all.map((one) => one.code))], [all]);
  const [code, setCode] = useState(codes[0]!);
  const versions = useMemo(() => all.filter((one) => one.code === code).sort((a, b) => b.version - a.version), [all, code]);
  const [version, setVersion] = useState<number | null>(null);
  const [step, setStep] = useState<Step | null>(null);
  const shown = versions.find((one) => one.version === version) ?? versions[0]!;
  const loop = useMemo(() => readLoop(shown.body), [shown]);
  const tabs = [
    {
      key: 'diagram',
      label: t.diagram,
      children: (
        <Suspense fallback={<Loading rows={8} />}>
          <Diagram key={shown.id} loop={loop} onStep={setStep} />
        </Suspense>
      ),
    },
    { key: 'steps', label: t.steps, children: <StepTable loop={loop} onStep={setStep} /> },
    { key: 'ladders', label: t.ladders, children: <Ladders loop={loop} /> },
    ...(versions.length > 1 ? [{ key: 'compare', label: t.compare, children: <Compare versions={versions} shown={shown} /> }] : []),
    { key: 'raw', label: t.raw, children: <Raw body={shown.body} name={`${shown.code}-v${shown.version}`} /> },
  ];
  return (
    <>
      {codes.length > 1 && (
        <Segmented
          aria-label={t.which}
          className={css.which}
          value={code}
          onChange={(next) => {
            setCode(next);
            setVersion(null);
          }}
          options={codes.map((one) => ({ value: one, label: nameOf(all.find((other) => other.code === one)!) }))}
        />
      )}
      <Panel
        title={nameOf(shown)}
        small={
          <>
            {t.series(loop.series)}
            {shown.publishedAt && ` · ${t.published(moment(shown.publishedAt))}`}
          </>
        }
        acts={
          <>
            <Tag tone={shown.fromLibrary ? 'plain' : 'brand'}>{shown.fromLibrary ? t.library : t.own}</Tag>
            <Select
              aria-label={t.whichVersion}
              className={css.version}
              value={shown.version}
              onChange={setVersion}
              options={versions.map((one, at) => ({ value: one.version, label: at === 0 ? `${t.version(one.version)} · ${t.inForce}` : t.version(one.version) }))}
            />
          </>
        }
      >
        <Tabs items={tabs} />
      </Panel>
      <StepDrawer loop={loop} step={step} onClose={() => setStep(null)} />
    </>
  );
}
