import { Type } from 'typebox'
import type { FeatureKind } from './kind.ts'

/** Automatic monitoring station of ambient air (环境空气自动监测站). */
export const airStation: FeatureKind = {
  kind: 'air-station',
  title: { zh: '环境空气监测站', en: 'Air station' },
  icon: 'cloud',
  geometry: 'point',
  series: true,
  editors: 'registry:write',
  properties: Type.Object(
    {
      mn: Type.Optional(
        Type.String({
          title: '设备唯一标识（MN）',
          'x-en': 'Device number (MN)',
          minLength: 1,
          maxLength: 32,
          pattern: '^[0-9A-Za-z]+$',
        }),
      ),
      dialect: Type.Optional(
        Type.Enum(['2005', '2017', '2025', 'surface-water'], { title: '协议版本', 'x-en': 'HJ 212 edition' }),
      ),
      nationalCode: Type.Optional(
        Type.String({ title: '国家站点编码', 'x-en': 'National code', maxLength: 20 }),
      ),
      siteRole: Type.Enum(['assessment', 'clean-control', 'background', 'traffic', 'other'], {
        title: '点位类型',
        'x-en': 'Role of the site',
        'x-labels': {
          assessment: '评价点',
          'clean-control': '清洁对照点',
          background: '背景点',
          traffic: '交通点',
          other: '其他',
        },
      }),
      zoneClass: Type.Enum([1, 2], {
        title: '环境空气功能区类别',
        'x-en': 'Functional zone class (GB 3095)',
        'x-labels': { 1: '一类区', 2: '二类区' },
      }),
      cityCode: Type.Optional(
        Type.String({ title: '所属城市（空气评价城市代码）', 'x-en': 'City it counts for', maxLength: 60 }),
      ),
      operator: Type.Optional(Type.String({ title: '运维单位', 'x-en': 'Operator', maxLength: 100 })),
      address: Type.Optional(Type.String({ title: '地址', 'x-en': 'Address', maxLength: 200 })),
    },
    { additionalProperties: false },
  ),
}
