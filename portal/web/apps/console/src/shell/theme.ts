/** The design tokens as antd reads them. */
import { theme, type ThemeConfig } from 'antd';
import { dark, fonts, light } from '@anhuan/tokens';

/** For the light or the dark page. */
export function themeOf(isDark: boolean): ThemeConfig {
  const p = isDark ? dark : light;
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: p.brand,
      colorPrimaryText: p.brand,
      colorPrimaryBg: p.brandSoft,
      colorPrimaryBgHover: p.brandSoft,
      colorLink: p.brand,
      colorLinkHover: p.brand,
      colorLinkActive: p.brand,
      colorPrimaryHover: isDark ? '#5cc9c2' : '#096661',
      colorPrimaryTextHover: isDark ? '#5cc9c2' : '#096661',
      colorInfo: p.brand,
      colorInfoBg: p.brandSoft,
      colorSuccess: p.good,
      colorSuccessBg: p.goodSoft,
      colorWarning: p.warn,
      colorWarningBg: p.warnSoft,
      colorError: p.major,
      colorErrorText: p.major,
      colorErrorHover: p.major,
      colorErrorTextHover: p.major,
      colorErrorActive: p.major,
      colorErrorBg: p.majorSoft,
      colorText: p.ink,
      colorTextSecondary: p.sub,
      colorTextTertiary: p.sub,
      colorTextDescription: p.sub,
      colorTextPlaceholder: p.faint,
      colorTextQuaternary: p.faint,
      colorIcon: p.sub,
      colorBgLayout: p.ground,
      colorBgContainer: p.card,
      colorBgElevated: p.card,
      colorBorder: isDark ? '#3a4650' : '#cfd7dd',
      colorBorderSecondary: p.line,
      colorSplit: p.line,
      colorFillAlter: p.sunken,
      colorTextLightSolid: p.onBrand,
      borderRadius: 8,
      fontFamily: fonts,
    },
    components: {
      Badge: { colorError: isDark ? '#d63c34' : light.major, colorTextLightSolid: '#ffffff' },
      Button: { primaryColor: p.onBrand, dangerColor: p.onBrand, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Table: { headerBg: p.sunken, headerColor: p.sub, rowHoverBg: p.sunken, rowSelectedBg: p.brandSoft, rowSelectedHoverBg: p.brandSoft, headerSplitColor: 'transparent' },
      Tooltip: { colorTextLightSolid: '#ffffff', colorBgSpotlight: isDark ? '#33414b' : '#14202b' },
      Segmented: { itemSelectedColor: p.brand },
      Tabs: { itemColor: p.sub },
      Form: { itemMarginBottom: 18, verticalLabelPadding: '0 0 4px' },
      Timeline: { dotBg: p.card },
    },
  };
}
