/** Change the password, over the page that one came from. */
import { words } from '@anhuan/i18n';
import { Sheet, toast } from '@anhuan/ui';
import { ChangePassword } from '@anhuan/work/entry';

const t = words({ done: ['密码已修改，其他设备需重新登录', 'Changed. Other devices must sign in again'] });

export function Password({ title, onClose }: { title: string; onClose: () => void }) {
  return (
    <Sheet title={title} onClose={onClose}>
      <ChangePassword
        onDone={() => {
          toast(t.done);
          onClose();
        }}
      />
    </Sheet>
  );
}
