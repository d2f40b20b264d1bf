/** A form in a dialog: it makes the id of what is to be, puts the server's reasons beside their fields, and closes when it is done. */
import { useState, type ReactNode } from 'react';
import { Alert, Form, Modal } from 'antd';
import { v7 } from 'uuid';
import { words } from '@anhuan/i18n';
import { putProblems } from './problems';

const t = words({ save: ['保存', 'Save'], cancel: ['取消', 'Cancel'], must: ['必填', 'Required'] });

interface FormDialogProps<Values extends object> {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** Do it; `id` is the same however often it is tried, so that nothing is done twice. */
  onSave: (values: Values, id: string) => Promise<unknown>;
  initial?: Partial<Values>;
  save?: string;
  isDanger?: boolean;
  width?: number;
  children: ReactNode;
}

/** The fields are its children, as antd's `Form.Item`. */
export function FormDialog<Values extends object>({ title, isOpen, onClose, onSave, initial, save, isDanger, width = 520, children }: FormDialogProps<Values>) {
  const [form] = Form.useForm<Values>();
  const [id, setId] = useState(() => v7());
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const anew = (): void => {
    setId(v7());
    setProblem(null);
  };
  const send = async (values: Values): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await onSave(values, id);
      onClose();
    } catch (found) {
      setProblem(putProblems(form, found));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={isOpen}
      title={title}
      width={width}
      destroyOnHidden
      afterClose={anew}
      onCancel={onClose}
      okText={save ?? t.save}
      cancelText={t.cancel}
      okButtonProps={{ htmlType: 'submit', danger: isDanger, loading: isBusy }}
      cancelButtonProps={{ disabled: isBusy }}
      mask={{ closable: false }}
      modalRender={(dialog) => (
        <Form<Values> form={form} layout="vertical" initialValues={initial} onFinish={(values) => void send(values)} disabled={isBusy} clearOnDestroy scrollToFirstError>
          {dialog}
        </Form>
      )}
    >
      {problem && <Alert type="error" showIcon title={problem} style={{ marginBottom: 16 }} />}
      {children}
    </Modal>
  );
}

/** The rule that something must be there, in the reader's language. */
export function needed(): { required: true; message: string; whitespace?: boolean }[] {
  return [{ required: true, message: t.must }];
}
