/** Logins, people, organizations, keys. */
import type { ErrorEntry } from './entry.ts'

export const identityErrors = {
  'auth.required': {
    status: 401,
    title: '请先登录',
    en: 'Please log in',
    advice: '登录后再试。',
  },
  'auth.failed': {
    status: 401,
    title: '账号或密码不正确',
    en: 'Wrong login or password',
    advice: '核对账号和密码；连续五次错误会暂时锁定。',
  },
  'auth.locked': {
    status: 423,
    title: '账号已暂时锁定',
    en: 'The account is locked for a while',
    advice: '等锁定时间过后再试，或请管理员解锁。',
  },
  'auth.session-expired': {
    status: 401,
    title: '登录已过期',
    en: 'The session has expired',
    advice: '重新登录。',
  },
  'auth.api-key-invalid': {
    status: 401,
    title: '接口密钥无效',
    en: 'The API key is not valid',
    advice: '核对密钥，或在用户页面重新签发。',
  },
  'auth.csrf': {
    status: 403,
    title: '请求缺少防伪标记',
    en: 'The CSRF token is missing or wrong',
    advice: '刷新页面后重试；程序调用请改用接口密钥。',
  },
  'auth.forbidden': {
    status: 403,
    title: '没有权限',
    en: 'You may not do this',
    advice: '需要该权限时请联系管理员。',
  },
  'auth.password-change-required': {
    status: 403,
    title: '请先修改初始密码',
    en: 'Change the initial password first',
    advice: '修改密码后即可使用。',
  },
  'auth.password-weak': {
    status: 422,
    title: '密码强度不够',
    en: 'The password is too weak',
    advice: '至少 10 个字符，含大写字母、小写字母、数字、符号中的三类，且不含账号。',
  },
  'auth.password-wrong': {
    status: 422,
    title: '原密码不正确',
    en: 'The present password is wrong',
    advice: '核对原密码。',
  },
  'identity.user-unknown': {
    status: 404,
    title: '没有这个用户',
    en: 'No such user',
    advice: '刷新用户列表。',
  },
  'identity.organization-unknown': {
    status: 404,
    title: '没有这个单位',
    en: 'No such organization',
    advice: '刷新单位列表。',
  },
  'identity.login-taken': {
    status: 409,
    title: '账号已被使用',
    en: 'The login is taken',
    advice: '换一个账号。',
  },
  'identity.code-taken': {
    status: 409,
    title: '单位代码已被使用',
    en: 'The organization code is taken',
    advice: '换一个代码。',
  },
  'identity.self-change': {
    status: 409,
    title: '不能修改自己的角色或停用自己',
    en: 'You cannot change your own roles or disable yourself',
    advice: '请另一位管理员操作。',
  },
  'identity.scope-invalid': {
    status: 422,
    title: '数据范围不正确',
    en: 'The data scope is not valid',
    advice: '行政区代码为六位数字；企业用户的范围是本单位。',
  },
  'identity.key-unknown': {
    status: 404,
    title: '没有这个接口密钥',
    en: 'No such API key',
    advice: '刷新密钥列表。',
  },
} as const satisfies Record<string, ErrorEntry>
