/** What this phone holds, whether it opens without network, and which version it runs. */
import { words } from '@anhuan/i18n';
import { persist, storage, useOutbox, type Room } from '@anhuan/outbox';
import { Card, Notice, Row, toast } from '@anhuan/ui';
import { CloudCheck, Database, Download, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useUpdate, update } from '../home/UpdateLine';
import { useReady } from '../online';
import { exportQueue } from '../reports/Reports';

const t = words({
  offline: ['离线使用', 'Without network'],
  ready: ['可以离线打开和上报', 'Opens and reports without network'],
  needs: ['还需联网打开（正在准备离线内容）', 'Still needs network to open'],
  broken: ['本机无法保存（可能是无痕模式）', 'This phone cannot store anything (private mode?)'],
  looking: ['检查中…', 'Checking…'],
  storage: ['本机存储', 'Storage'],
  used: [(used: string, quota: string) => `已用 ${used}，可用 ${quota}`, (used: string, quota: string) => `${used} used of ${quota}`],
  unknown: ['用量未知', 'Use unknown'],
  safe: ['系统不会自动清理', 'The system will not clear it'],
  ask: ['点此防止系统自动清理', 'Tap to keep the system from clearing it'],
  refused: ['系统暂未同意，把安环添加到桌面后再试', 'Not granted yet. Add the app to the home screen and try again'],
  tight: ['存储快满了，请清理手机空间，待上传的内容才不会受影响。', 'Storage is nearly full. Free some space so that what waits is safe.'],
  export: ['导出待上传内容', 'Export what waits'],
  exportMore: [(n: number) => `${n} 条待上传或需处理`, (n: number) => `${n} waiting or not accepted`],
  reading: ['正在读取…', 'Reading…'],
  version: ['版本', 'Version'],
  newer: ['有新版本，点此更新', 'A new version is ready. Tap to update'],
  latest: ['已是最新', 'Up to date'],
});

function size(bytes: number): string {
  return bytes > 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

export function Device() {
  const ready = useReady();
  const hasUpdate = useUpdate();
  const { waiting, attention } = useOutbox();
  const [room, setRoom] = useState<Room>();
  useEffect(() => {
    void storage().then(setRoom);
  }, []);

  async function keep(): Promise<void> {
    if (!(await persist())) toast(t.refused);
    setRoom(await storage());
  }

  const state = ready === 'ready' ? t.ready : ready === 'needs-network' ? t.needs : ready === 'no-storage' ? t.broken : t.looking;
  const used = room?.quota ? t.used(size(room.used), size(room.quota)) : t.unknown;
  return (
    <Card>
      {room?.isTight && <Notice tone="warn">{t.tight}</Notice>}
      <Row lead={<CloudCheck size={22} aria-hidden="true" />} title={t.offline} below={state} />
      <Row lead={<Database size={22} aria-hidden="true" />} title={t.storage} below={`${used} · ${room?.isPersistent ? t.safe : t.ask}`} onClick={room && !room.isPersistent ? () => void keep() : undefined} />
      <Row lead={<Download size={22} aria-hidden="true" />} title={t.export} below={waiting === undefined ? t.reading : t.exportMore(waiting + attention)} onClick={() => void exportQueue()} />
      <Row lead={<RefreshCw size={22} aria-hidden="true" />} title={t.version} below={hasUpdate ? t.newer : t.latest} onClick={hasUpdate ? update : undefined} />
    </Card>
  );
}
