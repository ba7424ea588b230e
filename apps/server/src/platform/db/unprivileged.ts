/**
 * PostgreSQL refuses to run as root. Started by root, the embedded server runs as an account without rights:
 * `shanshui` or `postgres` when the machine has one, else a system account that is made once, else `nobody`.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

function accountNamed(name: string): Account | undefined {
  const line = readPasswd().find((entry) => entry.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  if (uid === undefined || gid === undefined || uid === '0') return undefined
  return { name, uid: Number(uid), gid: Number(gid) }
}

function readPasswd(): string[] {
  try {
    return readFileSync('/etc/passwd', 'utf8').split('\n')
  } catch {
    return []
  }
}

function makeSystemAccount(name: string): Account | undefined {
  const commands = [
    [
      'useradd',
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      name,
    ],
    ['adduser', '-S', '-D', '-H', '-s', '/sbin/nologin', name],
  ] as const
  for (const [command, ...args] of commands) {
    if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) return accountNamed(name)
  }
  return undefined
}

/** Account to run the embedded PostgreSQL as; undefined when this process is not root and simply stays itself. */
export function databaseAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const account =
    accountNamed('shanshui') ??
    accountNamed('postgres') ??
    makeSystemAccount('shanshui') ??
    accountNamed('nobody')
  if (account === undefined) {
    throw new Error(
      'PostgreSQL 不能以 root 运行，本机又没有可用的普通账号（shanshui、postgres、nobody）。' +
        '请先建立账号 shanshui，或以普通用户启动。',
    )
  }
  return account
}

/** Whether the account may pass through every folder above `path`. */
export function canTraverse(account: Account | undefined, path: string): boolean {
  if (account === undefined) return true
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

/** Whether the account may read and run the file itself. */
export function canExecute(account: Account | undefined, file: string): boolean {
  if (account === undefined) {
    try {
      accessSync(file, constants.R_OK | constants.X_OK)
      return true
    } catch {
      return false
    }
  }
  const { mode, uid, gid } = statSync(file)
  const bits = uid === account.uid ? 0o500 : gid === account.gid ? 0o050 : 0o005
  return (mode & bits) === bits && canTraverse(account, file)
}
