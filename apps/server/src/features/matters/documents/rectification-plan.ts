/** 整改方案: names for each problem responsible unit, goals, time limit, measures, acceptance unit (生态环境法典第二十八条、第二十九条). */
import { orBlank, organizationOf, originOf, sealOf, sectionsOf, type Template } from './template.ts'

export const rectificationPlan: Template = {
  kind: 'rectification-plan',
  title: '整改方案',
  reads: {
    rectification: [
      'problemText',
      'goals',
      'dueOn',
      'measures',
      'responsibleUnit',
      'leader',
      'cooperatingUnits',
      'acceptanceUnit',
      'funds',
      'cycleMonths',
    ],
    hazard: [
      'grade',
      'theme',
      'measures',
      'temporaryMeasures',
      'dueOn',
      'personInCharge',
      'responsibleDepartment',
      'funds',
    ],
    'mine-closure': ['harm', 'order', 'stopBy', 'closeBy', 'stoppedOn', 'planSummary', 'planFiledOn'],
  },
  forOwner: 'signed',
  build(data, read) {
    const titles: Readonly<Record<string, string>> = {
      hazard: '隐患治理方案',
      'mine-closure': '关闭方案要点',
    }
    return {
      letterhead: null,
      title: `${data.matter.title}${titles[data.def.id] ?? this.title}`,
      blocks: [
        {
          kind: 'form',
          rows: [
            {
              cells: [
                { label: '事项编号', value: data.matter.number },
                { label: '问题来源', value: data.matter.source },
              ],
            },
            {
              cells: [
                { label: '整改对象', value: data.subject?.name ?? data.matter.regionName },
                { label: '责任单位', value: organizationOf(data, 'handler') },
              ],
            },
            {
              cells: [
                { label: '交办单位', value: organizationOf(data, 'overseer') },
                { label: '验收单位', value: organizationOf(data, 'acceptor') },
              ],
            },
          ],
        },
        ...(data.def.id === 'rectification' || data.problem === null
          ? []
          : [{ kind: 'paragraph' as const, text: `问题：${orBlank(data.problem.detail, 30)}` }]),
        ...sectionsOf(read.listed, read),
        sealOf(organizationOf(data, 'handler', 'owner'), data),
      ],
      origin: originOf(data),
    }
  },
}
