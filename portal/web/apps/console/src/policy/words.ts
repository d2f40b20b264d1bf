/** Names of what can be granted, the conditions of a grant, and the kinds of things that it is about. */
import { words } from '@anhuan/i18n';

const names = words({
  'calendar.manage': ['维护工作日历', 'Keep the work calendar'],
  'case.comment': ['参与讨论', 'Comment'],
  'case.read': ['查看闭环事项', 'See cases'],
  'checklist.manage': ['维护检查表', 'Keep checklists'],
  'checklist.read': ['查看检查表', 'See checklists'],
  'definition.manage': ['维护流程与表单', 'Keep loops and forms'],
  'definition.read': ['查看流程与表单', 'See loops and forms'],
  'duty.handover': ['交接职责', 'Hand duties over'],
  'evidence.upload': ['上传证据', 'Upload evidence'],
  'hazard.assign': ['派发整改', 'Assign hazards'],
  'hazard.cancel': ['撤销隐患', 'Call hazards off'],
  'hazard.close': ['隐患销号', 'Close hazards'],
  'hazard.export': ['导出隐患', 'Export hazards'],
  'hazard.grade': ['隐患定级', 'Grade hazards'],
  'hazard.progress': ['填报整改进展', 'Report progress'],
  'hazard.rectify': ['提交整改', 'Hand rectification in'],
  'hazard.report': ['上报隐患', 'Report hazards'],
  'hazard.review': ['审核整改', 'Review rectification'],
  'hazard.verify': ['现场验证', 'Verify on site'],
  'notice.manage': ['维护通知渠道', 'Keep notice channels'],
  'party.manage': ['管理相关方', 'Manage outside parties'],
  'party.read': ['查看相关方', 'See outside parties'],
  'person.manage': ['管理人员', 'Manage people'],
  'person.read': ['查看人员', 'See people'],
  'policy.manage': ['管理权限', 'Manage rights'],
  'policy.read': ['查看权限', 'See rights'],
  'record.export': ['导出操作记录', 'Export the record'],
  'record.read': ['查看操作记录', 'See the record'],
  'subscription.manage': ['管理订阅', 'Manage subscriptions'],
  'subscription.read': ['查看订阅', 'See subscriptions'],
  'unit.manage': ['管理组织机构', 'Manage the organisation'],
  'unit.read': ['查看组织机构', 'See the organisation'],
  'work.resume': ['批准复工', 'Let work resume'],
  'work.stop': ['下令停工', 'Order work to stop'],
}) as Record<string, string>;

const things = words({
  case: ['闭环事项', 'Cases'],
  person: ['人员', 'People'],
  unit: ['组织与设置', 'Organisation and settings'],
  record: ['操作记录', 'Record'],
  party: ['相关方', 'Outside parties'],
}) as Record<string, string>;

const where = words({
  tenant: ['全公司', 'Whole company'],
  unit: ['本单位及下级', 'Own unit and below'],
  own: ['本人的', 'One’s own'],
  assigned: ['指派给本人的', 'Assigned to one'],
  party: ['本相关方的', 'Own outside party’s'],
}) as Record<string, string>;

const wide = words({
  tenant: ['不论角色授予在哪个单位，对全公司有效', 'Holds everywhere, whichever unit the role was given at'],
  unit: ['对授予角色的单位及其下级有效', 'Holds at the unit where the role was given and below'],
  own: ['仅限本人上报的、属于本人的', 'Only what the person reported or is'],
  assigned: ['仅限指派给本人办理的', 'Only what the person was put to work on'],
  party: ['仅限本人所属相关方的', 'Only what belongs to the person’s outside firm'],
}) as Record<string, string>;

export const CONDITIONS = ['tenant', 'unit', 'own', 'assigned', 'party'] as const;
export const RESOURCES = ['case', 'person', 'unit', 'party', 'record'] as const;

/** What an act is called; an act of a newer server by its code, unless the server's own name is given. */
export function acts(code: string, otherwise?: string): string {
  return names[code] ?? otherwise ?? code;
}

/** What kind of thing an act is done to. */
export function resources(code: string): string {
  return things[code] ?? code;
}

/** On which things an act is granted, in two to six words. */
export function conditions(code: string): string {
  return where[code] ?? code;
}

/** The same in a sentence. */
export function reach(code: string): string {
  return wide[code] ?? code;
}
