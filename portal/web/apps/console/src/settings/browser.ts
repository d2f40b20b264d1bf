/** A browser by what it says of itself: enough to know one's own phone from somebody else's. Pure. */
import { words } from '@anhuan/i18n';

const t = words({
  unknown: ['未知设备', 'Unknown device'],
  on: [(browser: string, system: string) => `${system} 上的 ${browser}`, (browser: string, system: string) => `${browser} on ${system}`],
  wecom: ['企业微信', 'WeCom'],
  wechat: ['微信', 'WeChat'],
  dingtalk: ['钉钉', 'DingTalk'],
  feishu: ['飞书', 'Feishu'],
});

// The first that fits wins: apps name the browser they are made of after themselves.
const BROWSERS: readonly (readonly [RegExp, () => string])[] = [
  [/wxwork/i, () => t.wecom],
  [/micromessenger/i, () => t.wechat],
  [/dingtalk/i, () => t.dingtalk],
  [/(feishu|lark)/i, () => t.feishu],
  [/edg(a|ios)?\//i, () => 'Edge'],
  [/firefox|fxios/i, () => 'Firefox'],
  [/headlesschrome|chrome|crios/i, () => 'Chrome'],
  [/safari/i, () => 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/harmony|openharmony/i, 'HarmonyOS'],
  [/android/i, 'Android'],
  [/iphone|ipad|ios/i, 'iOS'],
  [/windows/i, 'Windows'],
  [/mac os/i, 'macOS'],
  [/linux/i, 'Linux'],
];

/** “Windows 上的 Chrome”; what is not recognised is said as it says itself, cut short. */
export function browserOf(client: string | null | undefined): string {
  if (!client) return t.unknown;
  const browser = BROWSERS.find(([sign]) => sign.test(client))?.[1]();
  const system = SYSTEMS.find(([sign]) => sign.test(client))?.[1];
  if (browser && system) return t.on(browser, system);
  return browser ?? system ?? client.slice(0, 60);
}
