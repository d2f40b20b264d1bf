/** What was seen, where, by whom; and why it has its grade. */
import { Descriptions } from 'antd';
import { named, words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import { Grade, PersonName, Tag, toneOf } from '../shared/parts';
import { Panel } from '../shared/Page';
import css from './case.module.css';
import type { Hazard } from './shape';

const t = words({
  title: ['隐患信息', 'What was seen'],
  none: ['未填写文字说明', 'No words, only photos'],
  kind: ['类别', 'Kind'],
  unit: ['发生单位', 'Unit'],
  area: ['区域', 'Area'],
  asset: ['设备', 'Machine'],
  place: ['位置说明', 'Place'],
  by: ['上报人', 'Reported by'],
  anonymous: ['系统自动 / 匿名', 'automatic / anonymous'],
  at: ['上报时间', 'Reported'],
  seen: ['发现时间', 'Seen'],
  grade: ['等级与依据', 'Grade and why'],
  gradedBy: [(who: string, at: string) => `${who} 于 ${at} 定级`, (who: string, at: string) => `by ${who}, ${at}`],
  law: [(title: string, clause: string) => `法定重大事故隐患：${title} 第 ${clause} 条`, (title: string, clause: string) => `Major by law: ${title}, clause ${clause}`],
  secondary: ['（条文待核对官方文本）', ' (check the official text)'],
  guess: ['系统识别', 'Read from the text'],
  guessed: [(name: string, percent: number, because: string) => `${name}（${percent}%，依据：${because}）`, (name: string, percent: number, because: string) => `${name} (${percent} %, by: ${because})`],
  major: ['重大风险', 'major risk'],
  larger: ['较大风险', 'larger risk'],
  general: ['一般风险', 'general risk'],
  low: ['低风险', 'low risk'],
});

interface Clause {
  title?: string;
  clause?: string;
  seen?: string;
}

/** The facts of a hazard. */
export function About({ hazard }: { hazard: Hazard }) {
  const clause = hazard.statutoryClause as Clause | null;
  const risk = hazard.area?.risk;
  const gradeNote = (hazard.tasks.find((task) => task.step === 'grade' && task.status === 'DONE') ?? null)?.note;
  const items = [
    { key: 'kind', label: t.kind, children: named(hazard.type) },
    { key: 'unit', label: t.unit, children: hazard.unit?.path.join(' / ') },
    hazard.area && { key: 'area', label: t.area, children: <>{hazard.area.name}&ensp;{risk && risk in t && <Tag tone={toneOf(risk)}>{t[risk as 'low']}</Tag>}</> },
    hazard.asset && { key: 'asset', label: t.asset, children: `${hazard.asset.name}（${hazard.asset.code}）` },
    hazard.placeNote && { key: 'place', label: t.place, children: hazard.placeNote },
    { key: 'by', label: t.by, children: <PersonName of={hazard.reporter} none={t.anonymous} /> },
    { key: 'at', label: t.at, children: moment(hazard.openedAt) },
    hazard.seenAt && hazard.seenAt !== hazard.openedAt && { key: 'seen', label: t.seen, children: moment(hazard.seenAt) },
    hazard.guess && hazard.guess.type.code !== hazard.type.code && { key: 'guess', label: t.guess, children: t.guessed(named(hazard.guess.type), hazard.guess.percent, hazard.guess.because.join('、')) },
    hazard.gradedAt && {
      key: 'grade',
      label: t.grade,
      span: 'filled' as const,
      children: (
        <div>
          <Grade of={hazard.grade} /> {t.gradedBy(hazard.gradedBy?.name ?? '—', moment(hazard.gradedAt))}
          {gradeNote && <div className={css.note}>{gradeNote}</div>}
          {clause?.title && <div>{t.law(clause.title, clause.clause ?? '')}{clause.seen === 'secondary' && t.secondary}</div>}
        </div>
      ),
    },
  ];
  return (
    <Panel title={t.title}>
      <p className={hazard.description ? css.description : css.quiet}>{hazard.description || t.none}</p>
      <Descriptions size="small" column={{ xs: 1, sm: 1, md: 2, xl: 2 }} items={items.flatMap((item) => (item ? [item] : []))} />
    </Panel>
  );
}
