/** The loop as a drawing: stages as columns, steps as cards, rejections as dashed ways back. */
import { useMemo } from 'react';
import { Background, Controls, Handle, MarkerType, Position, ReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { CheckSquareOutlined, ToolOutlined } from '@ant-design/icons';
import { spoken, words } from '@anhuan/i18n';
import { spokenName, type Loop, type Step } from './definition';
import { drawn, type StepBox } from './diagram';
import css from './loops.module.css';
import { clockInWords, whoInWords } from './words';

const t = words({
  label: ['流程图，点击步骤查看详情', 'Diagram of the loop; open a step for its details'],
  back: ['退回', 'sent back'],
  more: [(n: number) => `等 ${n} 项`, (n: number) => `+${n}`],
  noClock: ['不限时', 'no time limit'],
  zoomIn: ['放大', 'Zoom in'],
  zoomOut: ['缩小', 'Zoom out'],
  fit: ['看全图', 'Fit'],
});

interface DiagramProps {
  loop: Loop;
  onStep: (step: Step) => void;
}

type StageNode = Node<{ name: string }, 'stage'>;
type StepNode = Node<{ step: Step; open: () => void }, 'step'>;

const TURN = 18;
/** On a narrow screen the whole is too small to read: it begins with the first stage, to be pushed along. */
const NARROW = 700;
const nodeTypes = { stage: StageCard, step: StepCard };

/** The drawing. */
export default function Diagram({ loop, onStep }: DiagramProps) {
  const language = spoken();
  const { nodes, edges, height } = useMemo(() => {
    const found = drawn(loop);
    const names = new Map(loop.stages);
    const stages: StageNode[] = found.stages.map(({ id, x, y, width, height }) => ({
      id: `stage:${id}`, type: 'stage', position: { x, y }, width, height, data: { name: spokenName(names.get(id) ?? {}, language) }, selectable: false, zIndex: 0,
    }));
    const steps: StepNode[] = found.steps.map(({ id, x, y, width, height, step }) => ({
      id, type: 'step', position: { x, y }, width, height, data: { step, open: () => onStep(step) }, zIndex: 2,
    }));
    let backs = 0;
    const boxes = new Map(found.steps.map((box) => [box.id, box]));
    const edges: Edge[] = found.arrows.map(({ from, to, isBack }) => ({
      id: `${from}>${to}${isBack ? ':back' : ''}`,
      source: from,
      target: to,
      type: 'smoothstep',
      sourceHandle: isBack ? 'below-out' : 'right',
      targetHandle: isBack ? 'below-in' : 'left',
      zIndex: 1,
      ...(isBack
        ? { label: t.back, labelStyle: { fontSize: 13 }, className: css.back, pathOptions: { offset: 12 + 12 * backs++, borderRadius: 10 }, markerEnd: { type: MarkerType.ArrowClosed, color: 'var(--warn)' } }
        : { className: css.on, pathOptions: { borderRadius: 8, stepPosition: bend(boxes.get(from)!, boxes.get(to)!) }, markerEnd: { type: MarkerType.ArrowClosed, color: 'var(--faint)' } }),
    }));
    return { nodes: [...stages, ...steps], edges, height: found.height };
  }, [loop, language, onStep]);
  return (
    <div className={css.canvas} style={{ height: Math.min(640, Math.max(300, height + 72)) }} role="group" aria-label={t.label}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        fitView
        fitViewOptions={{ padding: 0.06, maxZoom: 1, ...(innerWidth < NARROW ? { nodes: nodes.slice(0, 1) } : {}) }}
        minZoom={0.3}
        maxZoom={1.5}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        ariaLabelConfig={{ 'controls.zoomIn.ariaLabel': t.zoomIn, 'controls.zoomOut.ariaLabel': t.zoomOut, 'controls.fitView.ariaLabel': t.fit }}
      >
        <Background gap={20} color="var(--line)" />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}

/** An arrow turns shortly before its end, so that it runs past no card on its way. */
function bend(from: StepBox, to: StepBox): number {
  const long = to.x - (from.x + from.width);
  return long > 2 * TURN ? 1 - TURN / long : 0.5;
}

function StageCard({ data }: NodeProps<StageNode>) {
  return (
    <div className={css.stage}>
      <b>{data.name}</b>
    </div>
  );
}

function StepCard({ data: { step, open } }: NodeProps<StepNode>) {
  const isApproval = step.kind === 'approval';
  const first = step.clocks[0];
  return (
    <>
      <Handle id="left" type="target" position={Position.Left} className={css.handle} />
      <Handle id="below-in" type="target" position={Position.Bottom} style={{ left: '35%' }} className={css.handle} />
      <button type="button" className={isApproval ? `${css.card} ${css.approval} nopan` : `${css.card} nopan`} onClick={open}>
        <span className={css.cardName}>
          {isApproval ? <CheckSquareOutlined aria-hidden /> : <ToolOutlined aria-hidden />}
          {spokenName(step.name, spoken())}
        </span>
        <span className={css.cardLine}>{brief(step.seats.map(whoInWords))}</span>
        <span className={css.cardLine}>{first ? brief(step.clocks.map(clockInWords)) : t.noClock}</span>
      </button>
      <Handle id="below-out" type="source" position={Position.Bottom} style={{ left: '65%' }} className={css.handle} />
      <Handle id="right" type="source" position={Position.Right} className={css.handle} />
    </>
  );
}

function brief(all: readonly string[]): string {
  return all.length > 1 ? `${all[0]} ${t.more(spoken() === 'zh' ? all.length : all.length - 1)}` : (all[0] ?? '');
}
