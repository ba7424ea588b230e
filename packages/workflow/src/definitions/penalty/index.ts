/**
 * Administrative penalty by the ordinary procedure (行政处罚，普通程序): screened, filed, investigated, examined by
 * others, told to the party before it is decided, delivered, published, paid or enforced, closed and archived. Steps
 * are recorded on the day they happen: the limits run from there.
 */
import type { WorkflowDefinition } from '../../definition.ts'
import { name, primary, unverified } from '../parts.ts'
import { clocks } from './clocks.ts'
import { decision } from './decision.ts'
import { fields } from './fields.ts'
import { filing } from './filing.ts'
import { hearing } from './hearing.ts'
import { inquiry } from './inquiry.ts'
import { performance } from './performance.ts'
import { review } from './review.ts'
import { states } from './states.ts'

export const penalty: WorkflowDefinition = {
  id: 'penalty',
  title: name('行政处罚', 'Administrative penalty'),
  prefix: 'CF',
  basis: [
    primary('《行政处罚法》（2021年修订）'),
    primary('《生态环境行政处罚办法》（2023年生态环境部令第30号）第一条至第五十一条'),
    unverified('《生态环境行政处罚办法》第五十二条以后：延期、公开、结案的条号和数值未能核对'),
    primary('《行政强制法》第三十五条、第五十三条至第五十七条、第六十九条'),
    primary('《生态环境法典》第一千零五十三条至第一千零六十条'),
  ],
  initial: 'screening',
  parties: ['overseer', 'handler'],
  states,
  transitions: [...filing, ...inquiry, ...review, ...hearing, ...decision, ...performance],
  clocks,
  fields,
}
