/** What the guide tells, step by step: a drawing and a sentence each, kept inside the app so that it needs no network. */
import { words } from '@anhuan/i18n';
import type { Drawing } from './Drawing';

const t = words({
  report: ['60 秒上报一条隐患', 'Report a hazard in 60 seconds'],
  reportMore: ['三下就好，不用打字', 'Three taps, no typing'],
  report1: ['首页点橙色相机，直接拍。拍清楚位置和问题，最多 9 张。', 'Tap the orange camera on the first screen and shoot. Show where it is and what is wrong; up to 9 photos.'],
  report2: ['点一下隐患类型的图标。分不清就点“其他”。', 'Tap the picture of its kind. Not sure? Tap “Other”.'],
  report3: ['点“提交”。等级由安全员评，时间、位置、班组自动带上。', 'Tap “Submit”. The safety officer judges how grave it is; time, place and team are added for you.'],
  report4: ['看到“已保存到本机”就不会丢；“上报成功”表示安全员已经收到。', '“Saved on this phone” means it cannot be lost; “Reported” means the safety officer has it.'],
  task: ['收到整改任务怎么办', 'You were given something to fix'],
  taskMore: ['从收到到验收', 'From the notice to the check'],
  task1: ['在“任务”里打开它：看照片、位置和还剩多少时间。', 'Open it under “Tasks”: see the photos, the place and how much time is left.'],
  task2: ['危险还在的，先做临时管控：断电、围挡、挂牌，并记下来。', 'While the danger is there, hold it first: switch off, fence, tag out, and note it.'],
  task3: ['整改完，从同一角度拍“整改后”的照片，写清做了什么。', 'When it is fixed, photograph it from the same angle and say what was done.'],
  task4: ['提交后由验收人检查。被退回会告诉你原因，改好再交。', 'Somebody checks it. If it comes back, the reason is there: put it right and hand it in again.'],
  task5: ['干不完或不归你管？早点转交或说明，超期会自动上报。', 'Not yours, or not possible in time? Say so or pass it on early: what is late goes up by itself.'],
  offline: ['没有网络怎么办', 'No network'],
  offlineMore: ['地下室、罐区也能报', 'Basements and tank farms too'],
  offline1: ['首页左上角显示“离线可用”，就可以放心去没有信号的地方。', 'If the first screen says “Works offline”, you can go where there is no signal.'],
  offline2: ['照常拍照、选类型、提交。内容和照片先存在手机里，关机也在。', 'Report as usual. Words and photos are kept on the phone, even when it is switched off.'],
  offline3: ['有网络后自动上传，不用再点。首页能看到还有几条待上传。', 'They go up by themselves when there is network. The first screen says how many still wait.'],
  offline4: ['换人用这台手机前先退出登录。你的内容还在，别人看不到。', 'Sign out before somebody else uses the phone. Yours stays, and nobody else sees it.'],
  scan: ['扫码', 'Scanning'],
  scanMore: ['看清这里有什么风险', 'Know the risk where you stand'],
  scan1: ['点下面中间的“扫码”，对准现场或设备上的二维码。', 'Tap “Scan” in the middle and aim at the label of the place or machine.'],
  scan2: ['能看到这里的风险等级、责任单位和没闭环的隐患。', 'You see the risk, who looks after it, and hazards still open here.'],
  scan3: ['在这一页点“在这里上报隐患”，位置自动填好。', 'Tap “Report a hazard here”: the place is filled in.'],
  scan4: ['太暗就开手电；扫不出来可以选照片，或输入码下面的编号。', 'Too dark? Use the light. Cannot be read? Use a photo, or type the code below the label.'],
  questions: ['常见问题', 'Questions'],
  questionsMore: ['照片、定位、催办', 'Photos, position, progress'],
});

const q = words({
  camera: ['打不开相机？', 'The camera does not open?'],
  cameraA: ['在手机“设置—应用—权限”里允许使用相机。急的话先点“用文字上报”。', 'Allow the camera in the settings of the phone. In a hurry, report in words.'],
  place: ['没有定位也能报吗？', 'Can I report without a position?'],
  placeA: ['能。会标“未定位”，你可以扫码、选区域，或写一句位置。', 'Yes. It is marked as not located; scan a label, choose an area, or write where it is.'],
  progress: ['报了以后在哪看进度？', 'Where do I see what became of it?'],
  progressA: ['“上报”页里每条都有进度：上报、定级、派发、整改、验收、闭环。', 'Under “Reports”: reported, graded, assigned, fixed, checked, closed.'],
  refused: ['显示“未被接受”？', 'It says “Not accepted”?'],
  refusedA: ['点开看原因。内容还在手机里，可以重试，或导出发给安全员。', 'Open it to see why. It is still on the phone: try again, or export it for your safety officer.'],
  danger: ['有人受伤或马上要出事？', 'Somebody is hurt, or something is about to happen?'],
  dangerA: ['先离开危险、先喊人、先打电话，再上报。', 'First get away from the danger, shout, and call. Report afterwards.'],
  small: ['字太小、手套点不准？', 'Letters too small, gloves too thick?'],
  smallA: ['“我的”里可以选大字、特大字、强光显示和戴手套。', 'Under “Me” choose larger letters, the sun screen and gloves.'],
});

export interface Topic {
  id: string;
  title: string;
  more: string;
  steps: { drawing: Drawing; text: string }[];
}

/** The four that are drawn. */
export function topics(): Topic[] {
  return [
    { id: 'report', title: t.report, more: t.reportMore, steps: [{ drawing: 'camera', text: t.report1 }, { drawing: 'tiles', text: t.report2 }, { drawing: 'submit', text: t.report3 }, { drawing: 'saved', text: t.report4 }] },
    { id: 'task', title: t.task, more: t.taskMore, steps: [{ drawing: 'task', text: t.task1 }, { drawing: 'fence', text: t.task2 }, { drawing: 'pair', text: t.task3 }, { drawing: 'check', text: t.task4 }, { drawing: 'pass', text: t.task5 }] },
    { id: 'offline', title: t.offline, more: t.offlineMore, steps: [{ drawing: 'pill', text: t.offline1 }, { drawing: 'keep', text: t.offline2 }, { drawing: 'upload', text: t.offline3 }, { drawing: 'people', text: t.offline4 }] },
    { id: 'scan', title: t.scan, more: t.scanMore, steps: [{ drawing: 'scan', text: t.scan1 }, { drawing: 'risk', text: t.scan2 }, { drawing: 'here', text: t.scan3 }, { drawing: 'light', text: t.scan4 }] },
  ];
}

/** What is asked most. */
export function questions(): { title: string; more: string; all: { ask: string; answer: string }[] } {
  return {
    title: t.questions,
    more: t.questionsMore,
    all: [
      { ask: q.danger, answer: q.dangerA }, { ask: q.camera, answer: q.cameraA }, { ask: q.place, answer: q.placeA },
      { ask: q.progress, answer: q.progressA }, { ask: q.refused, answer: q.refusedA }, { ask: q.small, answer: q.smallA },
    ],
  };
}
