/** Training and drills with the lists of those who came. */
import { createTraining, type Deps, setAttendance } from '@shanshui/server'
import { integer, stream } from '../chance.ts'
import { dayBefore } from './story.ts'
import { trainingStories } from './training.ts'
import type { Cast } from './who.ts'

const surnames = '王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗'
const given = ['建国', '晓燕', '志强', '海霞', '文斌', '丽娟', '宏伟', '雪梅', '永刚', '秀英']
const others = ['石岭区应急管理局', '祁川铜镍冶炼', '祁川钢铁', '石岭化工园区管委会', '禾川县农业农村局']

/** Names of the bureau's staff and of others, the same every time. */
function people(seed: number, stem: string, count: number, organization: (index: number) => string) {
  const luck = stream(seed, stem)
  return Array.from({ length: count }, (_, index) => ({
    name: `${surnames[(index * 7 + integer(luck, 0, 20)) % surnames.length]}${given[(index * 3) % given.length]}${index >= 20 ? '（二）' : ''}${index >= 40 ? '（三）' : ''}`,
    organization: organization(index),
    signedIn: true,
  }))
}

export async function loadTraining(deps: Deps, cast: Cast, seed: number, nowMs: number): Promise<void> {
  const { rows } = await deps.db.pool.query('select from training limit 1')
  if (rows.length > 0) return
  const staff = people(seed, 'staff', 46, (index) => (index < 30 ? '祁川市生态环境局' : '县区分局'))
  const guests = people(seed, 'guests', 40, (index) => others[index % others.length] ?? '')
  for (const story of trainingStories(seed, nowMs)) {
    const actor = await cast.actor(story.organization === 'shiling' ? 'shiling' : 'zhidui')
    const { kind, theme, title, hours, place, teacher, drill } = story
    const { training } = await createTraining(deps, actor, {
      kind,
      theme,
      title,
      heldOn: dayBefore(nowMs, story.daysAgo),
      hours,
      place,
      teacher,
      regionCode: story.organization === 'shiling' ? 629002 : 629000,
      ...(drill && {
        drill: {
          form: drill.form,
          scenario: drill.scenario,
          problems: drill.problems.map((text) => ({ text })),
        },
      }),
    })
    await setAttendance(deps, actor, training.id, {
      version: training.version,
      attendees: [...staff.slice(0, story.own), ...guests.slice(0, story.others)],
    })
  }
}
