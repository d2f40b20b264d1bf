/** How to get the app onto a phone: its address as a QR code. */
import { Modal, QRCode } from 'antd';
import { words } from '@anhuan/i18n';

const t = words({
  title: ['手机应用', 'Phone app'],
  how: ['用手机浏览器、企业微信或钉钉扫码打开，登录同一账号即可随手拍、整改、验收。', 'Scan with the phone’s camera, then sign in with the same account to report, rectify and review.'],
  open: ['在本机打开', 'Open it here'],
});

/** A dialog. */
export default function MobileApp({ onClose }: { onClose: () => void }) {
  const address = new URL('/app/', location.href).href;
  return (
    <Modal open title={t.title} footer={null} onCancel={onClose} width={360}>
      <div style={{ display: 'grid', justifyItems: 'center', gap: 12, textAlign: 'center' }}>
        <QRCode value={address} size={200} color="#14202b" bgColor="#ffffff" />
        <div>{t.how}</div>
        <a href={address} target="_blank" rel="noreferrer">
          {t.open}
        </a>
      </div>
    </Modal>
  );
}
