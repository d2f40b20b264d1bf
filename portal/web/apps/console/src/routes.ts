/** Every screen of the console: where it is, what it needs, and where it stands in the menu. */
import type { ComponentType } from 'react';
import { AlertOutlined, ApartmentOutlined, BellOutlined, DashboardOutlined, EnvironmentOutlined, FileProtectOutlined, PartitionOutlined, ProjectOutlined, SafetyOutlined, SendOutlined, SettingOutlined, ShopOutlined, TeamOutlined } from '@ant-design/icons';
import { askAhead } from './hazards/ahead';

/** The parts of the menu, from the top. */
export type Group = 'work' | 'company' | 'rules' | 'system';

export interface Screen {
  /** Under /console; `''` is the first page. */
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  /** Asks what the screen will ask first, while the screen itself is still on its way. */
  ahead?: () => Promise<unknown>;
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
  { path: '', load: async () => import('./overview/OverviewPage'), title: ['安全驾驶舱', 'Overview'], icon: DashboardOutlined, group: 'work', needs: ['case.read'], module: 'hazards' },
  { path: 'board', load: () => import('./hazards/Board'), ahead: askAhead, title: ['隐患看板', 'Hazard board'], icon: ProjectOutlined, group: 'work', needs: ['case.read'], module: 'hazards' },
  { path: 'hazards', load: () => import('./hazards/Ledger'), title: ['隐患台账', 'Hazard list'], icon: AlertOutlined, group: 'work', needs: ['case.read'], module: 'hazards' },
  { path: 'case/:id', load: () => import('./case/CasePage'), title: ['隐患详情', 'Case'], group: 'work', needs: ['case.read'], under: 'hazards' },
  { path: 'loops', load: async () => import('./loops/LoopsPage'), title: ['流程与表单', 'Loops and forms'], icon: PartitionOutlined, group: 'rules', needs: ['definition.read'] },
  { path: 'organisation', load: async () => import('./organisation/OrganisationPage'), title: ['组织机构', 'Organisation'], icon: ApartmentOutlined, group: 'company', needs: ['unit.read'] },
  { path: 'people', load: async () => import('./organisation/PeoplePage'), title: ['人员', 'People'], icon: TeamOutlined, group: 'company', needs: ['person.read'] },
  { path: 'places', load: async () => import('./organisation/PlacesPage'), title: ['区域与设备', 'Areas and machines'], icon: EnvironmentOutlined, group: 'company', needs: ['unit.read'] },
  { path: 'parties', load: async () => import('./organisation/PartiesPage'), title: ['相关方', 'Outside parties'], icon: ShopOutlined, group: 'company', needs: ['party.read'], module: 'parties' },
  { path: 'import', load: async () => import('./organisation/ImportPage'), title: ['批量导入', 'Import'], group: 'company', needs: ['unit.manage'], under: 'organisation' },
  { path: 'policy', load: async () => import('./policy/PolicyPage'), title: ['角色与权限', 'Roles and rights'], icon: SafetyOutlined, group: 'company', needs: ['policy.read'] },
  { path: 'notices', load: async () => import('./notices/NoticesPage'), title: ['通知', 'Notices'], icon: BellOutlined, group: 'work' },
  { path: 'channels', load: async () => import('./notices/ChannelsPage'), title: ['通知渠道', 'Notice channels'], icon: SendOutlined, group: 'system', needs: ['notice.manage'], module: 'channels' },
  { path: 'record', load: async () => import('./settings/RecordPage'), title: ['操作记录', 'Record'], icon: FileProtectOutlined, group: 'system', needs: ['record.read'], module: 'audit' },
  { path: 'settings', load: async () => import('./settings/SettingsPage'), title: ['设置', 'Settings'], icon: SettingOutlined, group: 'system' },
];
