import type { ThemeConfig } from 'antd'

/** Colours of the interface. Colour carries meaning only; the official grades live in the standards package. */
export const ink = {
  text: '#1f2933',
  secondary: '#52606d',
  faint: '#6b7785',
  line: '#d9dfe5',
  lineStrong: '#b8c2cc',
  ground: '#f3f5f7',
  surface: '#ffffff',
  accent: '#1d4f76',
  accentSoft: '#e6eef5',
  better: '#1a6b3c',
  worse: '#b3261e',
  warn: '#8a5300',
} as const

export const fontFamily =
  '"PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "Helvetica Neue", Arial, sans-serif'

function prefersStillness(): boolean {
  return globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches === true
}

export const theme: ThemeConfig = {
  token: {
    colorPrimary: ink.accent,
    colorLink: ink.accent,
    colorInfo: ink.accent,
    colorSuccess: ink.better,
    colorWarning: ink.warn,
    colorError: ink.worse,
    colorText: ink.text,
    colorTextSecondary: ink.secondary,
    colorTextTertiary: ink.faint,
    colorTextPlaceholder: ink.faint,
    colorBorder: ink.lineStrong,
    colorBorderSecondary: ink.line,
    colorBgLayout: ink.ground,
    fontFamily,
    fontSize: 13,
    borderRadius: 3,
    controlHeight: 28,
    motion: !prefersStillness(),
    motionDurationMid: '0.1s',
    motionDurationSlow: '0.15s',
    wireframe: false,
  },
  components: {
    Drawer: { paddingLG: 16 },
    Segmented: { trackBg: '#dfe5ea', itemSelectedColor: ink.accent, itemColor: ink.secondary },
    Form: { itemMarginBottom: 16 },
  },
}
