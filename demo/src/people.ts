import type { OrganizationType, RoleName } from '@shanshui/contract'
import { creditCode } from './sources/codes.ts'
import { DEMO_SEED } from './year.ts'

export interface DemoOrganization {
  /** code of the organisation, and what people refer to */
  readonly code: string
  readonly name: string
  readonly type: OrganizationType
  readonly regionCode: number
}

/** The organisation of an enterprise has the enterprise's code: what the registry knows of it is its own. */
const smelter = creditCode(DEMO_SEED, 'smelter', 629001)
const sewage = creditCode(DEMO_SEED, 'sewage2', 629001)
const cement = creditCode(DEMO_SEED, 'cement', 629002)

export const organizations: readonly DemoOrganization[] = [
  { code: 'bureau', name: '祁川市生态环境局', type: 'bureau', regionCode: 629000 },
  { code: 'jinhe', name: '祁川市生态环境局金河分局', type: 'branch', regionCode: 629001 },
  { code: 'shiling', name: '祁川市生态环境局石岭分局', type: 'branch', regionCode: 629002 },
  { code: 'hechuan', name: '祁川市生态环境局禾川分局', type: 'branch', regionCode: 629021 },
  { code: 'government', name: '祁川市人民政府督查室', type: 'department', regionCode: 629000 },
  { code: 'housing', name: '祁川市住房和城乡建设局', type: 'department', regionCode: 629000 },
  { code: 'land', name: '祁川市自然资源局', type: 'department', regionCode: 629000 },
  { code: 'emergency', name: '祁川市应急管理局', type: 'department', regionCode: 629000 },
  { code: smelter, name: '祁川铜镍冶炼有限责任公司', type: 'enterprise', regionCode: 629001 },
  { code: sewage, name: '祁川市金河第二污水处理有限公司', type: 'enterprise', regionCode: 629001 },
  { code: cement, name: '祁川石岭水泥有限公司', type: 'enterprise', regionCode: 629002 },
  { code: 'inspectorate', name: '生态环境保护督察组', type: 'department', regionCode: 629000 },
  { code: 'audit', name: '祁川市审计局', type: 'department', regionCode: 629000 },
]

export interface DemoPerson {
  readonly login: string
  readonly name: string
  readonly title: string
  readonly organization: string
  readonly role: RoleName
  /** GB/T 2260 codes that the person sees; a city code includes its counties */
  readonly regions: readonly number[]
}

export const people: readonly DemoPerson[] = [
  person('juzhang', '沈远山', '市局局长', 'bureau', 'director', [629000]),
  person('zhenggai', '顾平章', '督察整改科科长', 'bureau', 'section-head', [629000]),
  person('zhidui', '罗长河', '执法支队支队长', 'bureau', 'section-head', [629000]),
  person('fazhi', '叶正清', '法规科', 'bureau', 'legal', [629000]),
  person('jiance', '林知秋', '监测科', 'bureau', 'analyst', [629000]),
  person('wuran', '周明川', '污染源科', 'bureau', 'source', [629000]),
  person('zhifa', '韩劲松', '执法支队（金河）', 'jinhe', 'officer', [629001]),
  person('zhifa2', '丁立秋', '执法支队（金河）', 'jinhe', 'officer', [629001]),
  person('zhifa3', '白晓峰', '执法支队（金河）', 'jinhe', 'officer', [629001]),
  person('zhifa4', '秦雨桐', '执法支队（金河）', 'jinhe', 'officer', [629001]),
  person('jinhe', '郑怀安', '金河分局局长', 'jinhe', 'county-head', [629001]),
  person('shizhi', '石志坚', '石岭分局执法大队', 'shiling', 'officer', [629002]),
  person('shizhi2', '孟小川', '石岭分局执法大队', 'shiling', 'officer', [629002]),
  person('shizhi3', '冯晓岚', '石岭分局执法大队', 'shiling', 'officer', [629002]),
  person('hechuan', '田有禾', '禾川分局局长', 'hechuan', 'county-head', [629021]),
  person('hezhi', '何青山', '禾川分局执法大队', 'hechuan', 'officer', [629021]),
  person('hezhi2', '杨柳青', '禾川分局执法大队', 'hechuan', 'officer', [629021]),
  person('shiling', '马成林', '石岭分局局长', 'shiling', 'county-head', [629002]),
  person('xinfang', '苏静文', '信访室', 'bureau', 'clerk', [629000]),
  person('zhiban', '高守望', '应急值班', 'bureau', 'duty', [629000]),
  person('qiye', '赵德工', '祁川铜镍冶炼环保部', smelter, 'enterprise', [629001]),
  person('wushui', '温静', '金河第二污水处理', sewage, 'enterprise', [629001]),
  person('shuini', '余万春', '石岭水泥环保科', cement, 'enterprise', [629002]),
  person('yingji', '陈安澜', '市应急管理局', 'emergency', 'department', [629000]),
  person('zhengfu', '程济民', '市政府督查室', 'government', 'inspector', [629000]),
  person('zhujian', '江源', '市住房和城乡建设局', 'housing', 'department', [629000]),
  person('ziran', '岳岩', '市自然资源局', 'land', 'department', [629000]),
  person('ducha', '方正平', '督察组', 'inspectorate', 'inspector', [629000]),
  person('shenji', '许慎言', '市审计局', 'audit', 'auditor', [629000]),
  person('guanli', '何维', '系统管理员', 'bureau', 'administrator', [629000]),
]

function person(
  login: string,
  name: string,
  title: string,
  organization: string,
  role: RoleName,
  regions: readonly number[],
): DemoPerson {
  return { login, name, title, organization, role, regions }
}
