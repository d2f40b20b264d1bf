/** Which app this page is shown in, as far as what we offer depends on it. */

export type Host = 'wecom' | 'dingtalk' | 'wechat' | 'feishu' | 'browser';

/** By the word that each puts into its User-Agent. WeCom says both its own and WeChat's. */
export function host(agent: string = navigator.userAgent): Host {
  if (/wxwork/i.test(agent)) return 'wecom';
  if (/dingtalk/i.test(agent)) return 'dingtalk';
  if (/micromessenger/i.test(agent)) return 'wechat';
  if (/lark|feishu/i.test(agent)) return 'feishu';
  return 'browser';
}
