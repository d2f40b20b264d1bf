/** A button that takes a file away: it turns while the file is made, and says why there is none. */
import { useCallback, useState, type ReactNode } from 'react';
import { App, Button } from 'antd';
import { DownloadOutlined } from '@ant-design/icons';
import { said } from '@anhuan/wire';
import { download } from './download';

/** The button; a second click while one is on its way asks for nothing. */
export function DownloadButton({ address, children }: { address: string; children: ReactNode }) {
  const [take, isBusy] = useDownload();
  return (
    <Button icon={<DownloadOutlined />} loading={isBusy} onClick={() => void take(address)}>
      {children}
    </Button>
  );
}

/** Take a file by its address, and whether one is on its way. */
export function useDownload(): [(address: string) => Promise<void>, boolean] {
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const take = useCallback(
    async (address: string): Promise<void> => {
      if (isBusy) return;
      setBusy(true);
      try {
        await download(address);
      } catch (problem) {
        message.error(said(problem));
      } finally {
        setBusy(false);
      }
    },
    [isBusy, message],
  );
  return [take, isBusy];
}
