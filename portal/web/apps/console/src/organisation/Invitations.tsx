/** Activation codes, shown this once: to be copied, printed as slips, or kept as a table until they are handed over. */
import { useState } from 'react';
import { Alert, Button, Modal, QRCode, Table } from 'antd';
import { CopyOutlined, DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import { copyText, csv, saveText } from '../shared/files';
import { usePrint } from '../shared/PrintSheet';
import { useWho } from '../shared/rights';
import css from './organisation.module.css';

const t = words({
  title: ['激活码', 'Activation codes'],
  once: ['激活码只显示这一次，关闭后无法再查看。请复制、打印或下载后交给本人。', 'They are shown this once and cannot be looked up again. Copy, print or download them and hand them over.'],
  name: ['姓名', 'Name'],
  account: ['账号', 'Account'],
  code: ['激活码', 'Code'],
  copy: ['复制', 'Copy'],
  copied: ['已复制', 'Copied'],
  print: ['打印领取单', 'Print slips'],
  save: ['下载表格', 'Download'],
  close: ['已交给本人，关闭', 'Handed over, close'],
  file: ['激活码', 'activation-codes'],
  company: ['企业代码', 'Company'],
  slip: ['账号领取单', 'Your account'],
  how: ['手机扫码打开“安环”，选择“首次激活”，填写以上信息并设置密码。激活码请勿转交他人。', 'Scan to open the app, choose “Activate”, enter the above and set a password. Do not pass the code on.'],
});

export interface Invited {
  name: string;
  account: string;
  code: string;
}

/** A dialog while there are any. */
export function Invitations({ of, onClose }: { of: readonly Invited[]; onClose: () => void }) {
  return (
    <Modal open={of.length > 0} title={t.title} width={640} onCancel={onClose} mask={{ closable: false }} destroyOnHidden footer={<Button onClick={onClose}>{t.close}</Button>}>
      <InvitedTable of={of} />
    </Modal>
  );
}

/** The codes themselves, with ways to take them away. */
export function InvitedTable({ of }: { of: readonly Invited[] }) {
  const who = useWho();
  const [sheet, print] = usePrint();
  const [copied, setCopied] = useState<string | null>(null);
  const company = who?.company ?? { code: '', name: '' };
  const copy = (one: Invited): void => {
    const text = `${t.company} ${company.code}\n${t.account} ${one.account}\n${t.code} ${one.code}\n${location.origin}/app/`;
    void copyText(text).then((isDone) => isDone && setCopied(one.account));
  };
  return (
    <>
      <Alert type="warning" showIcon title={t.once} style={{ marginBottom: 12 }} />
      <div className={css.tools}>
        <Button icon={<PrinterOutlined />} onClick={() => print(<Slips of={of} company={company} />)}>
          {t.print}
        </Button>
        <Button
          icon={<DownloadOutlined />}
          onClick={() => saveText(`${t.file}.csv`, csv([[t.company, t.name, t.account, t.code], ...of.map((one) => [company.code, one.name, one.account, one.code])]), 'text/csv')}
        >
          {t.save}
        </Button>
      </div>
      <Table<Invited>
        rowKey="account"
        size="small"
        pagination={of.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        scroll={{ x: 480 }}
        dataSource={of}
        columns={[
          { title: t.name, dataIndex: 'name' },
          { title: t.account, dataIndex: 'account' },
          { title: t.code, render: (_, one) => <span className={css.code}>{one.code}</span> },
          {
            width: 110,
            render: (_, one) => (
              <Button type="link" size="small" icon={<CopyOutlined />} onClick={() => copy(one)}>
                {copied === one.account ? t.copied : t.copy}
              </Button>
            ),
          },
        ]}
      />
      {sheet}
    </>
  );
}

function Slips({ of, company }: { of: readonly Invited[]; company: { code: string; name: string } }) {
  return (
    <div className={css.slips}>
      {of.map((one) => (
        <section key={one.account} className={css.slip}>
          <div>
            <h4>
              {t.slip} · {company.name}
            </h4>
            <dl>
              <dt>{t.name}</dt>
              <dd>{one.name}</dd>
              <dt>{t.company}</dt>
              <dd>{company.code}</dd>
              <dt>{t.account}</dt>
              <dd>{one.account}</dd>
              <dt>{t.code}</dt>
              <dd className={css.code}>{one.code}</dd>
            </dl>
          </div>
          <QRCode type="svg" bordered={false} size={104} color="#000000" bgColor="#ffffff" value={`${location.origin}/app/`} />
          <p>{t.how}</p>
        </section>
      ))}
    </div>
  );
}
