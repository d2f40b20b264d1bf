/** Every screen of the console: where it is, what it needs, and where it stands in the menu. */
import type { ComponentType } from 'react';
import { PartitionOutlined } from '@ant-design/icons';

/** The parts of the menu, from the top. */
export type Group = 'work' | 'company' | 'rules' | 'system';

export interface Screen {
  /** Under /console; `''` is the first page. */
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  title: readonly [zh: string, en: string];
  /** Without an icon it stands in no menu. */
  icon?: ComponentType;
  group: Group;
  /** Who has none of these acts anywhere neither sees it in the menu nor gets more than an explanation when they open it. */
  needs?: readonly string[];
  /** The module that it belongs to; without it the screen says what the module does, and offers the trial. */
  module?: string;
  /** The menu entry that is lit while it is open, where it is not its own. */
  under?: string;
}

export const screens: readonly Screen[] = [
  { path: 'loops', load: async () => import('./loops/LoopsPage'), title: ['流程与表单', 'Loops and forms'], icon: PartitionOutlined, group: 'rules', needs: ['definition.read'] },
];
