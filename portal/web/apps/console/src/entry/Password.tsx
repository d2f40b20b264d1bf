/** Change one's own password, in a dialog. */
import { App, Modal } from 'antd';
import { words } from '@anhuan/i18n';
import { PasswordForm } from './PasswordForm';

const t = words({
  title: ['修改密码', 'Change password'],
  done: ['密码已修改，其他设备需重新登录', 'Changed. Other devices have to sign in again'],
});

/** The dialog closes once it is done. */
export default function Password({ onClose }: { onClose: () => void }) {
  const { message } = App.useApp();
  return (
    <Modal open title={t.title} footer={null} onCancel={onClose} width={420}>
      <PasswordForm
        onDone={() => {
          message.success(t.done);
          onClose();
        }}
      />
    </Modal>
  );
}
