/** Names of what an organisation is made of: kinds of units, what departments answer for, duties, kinds of outside parties. */
import { words } from '@anhuan/i18n';

const units = words({
  HQ: ['总部', 'Headquarters'],
  BRANCH: ['分厂', 'Branch'],
  WORKSHOP: ['车间', 'Workshop'],
  TEAM: ['班组', 'Team'],
  DEPARTMENT: ['部门', 'Department'],
});

const answers = words({
  SAFETY: ['安全', 'Safety'],
  PRODUCTION: ['生产', 'Production'],
  EQUIPMENT: ['设备', 'Equipment'],
  TECHNICAL: ['技术', 'Technical'],
  HR: ['人力资源', 'Human resources'],
  PURCHASING: ['采购', 'Purchasing'],
  FINANCE: ['财务', 'Finance'],
  NONE: ['不专管', 'None in particular'],
});

const posts = words({
  GENERAL_MANAGER: ['总经理', 'General manager'],
  SAFETY_DIRECTOR: ['安全总监', 'Safety director'],
  RESPONSIBLE_LEADER: ['分管领导', 'Responsible leader'],
  SAFETY_OFFICER: ['安全员', 'Safety officer'],
  DEPARTMENT_HEAD: ['部门负责人', 'Department head'],
  WORKSHOP_HEAD: ['车间主任', 'Workshop head'],
  TEAM_LEADER: ['班组长', 'Team leader'],
  EQUIPMENT_HEAD: ['设备科长', 'Head of equipment'],
  FITTER: ['维修工', 'Fitter'],
  SUPERVISOR: ['督导', 'Supervisor'],
  AUDITOR: ['审计员', 'Auditor'],
  WORKER: ['员工', 'Worker'],
  OUTSIDE: ['外部人员', 'Outside person'],
});

const firms = words({
  CONTRACTOR: ['承包商', 'Contractor'],
  SUPPLIER: ['供应商', 'Supplier'],
  MAINTENANCE: ['外部维保单位', 'Maintenance firm'],
});

const risks = words({
  major: ['重大风险', 'Major risk'],
  larger: ['较大风险', 'Considerable risk'],
  general: ['一般风险', 'Moderate risk'],
  low: ['低风险', 'Low risk'],
});

export const UNIT_KINDS = ['HQ', 'BRANCH', 'WORKSHOP', 'TEAM', 'DEPARTMENT'] as const;
export const FUNCTIONS = ['SAFETY', 'PRODUCTION', 'EQUIPMENT', 'TECHNICAL', 'HR', 'PURCHASING', 'FINANCE', 'NONE'] as const;
export const DUTIES = Object.keys(posts) as (keyof typeof posts)[];
export const PARTY_KINDS = ['CONTRACTOR', 'SUPPLIER', 'MAINTENANCE'] as const;
export const RISKS = ['major', 'larger', 'general', 'low'] as const;

/** A name out of a table; a word that a newer server made stands for itself. */
function from(table: Record<string, string>): (code: string) => string {
  return (code) => table[code] ?? code;
}

export const kinds = from(units);
export const functions = from(answers);
export const duties = from(posts);
export const partyKinds = from(firms);
export const riskLevels = from(risks);
