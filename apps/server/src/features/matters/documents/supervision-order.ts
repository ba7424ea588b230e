/** 督办（交办）通知书: what has to be done, by whom, by when, and what to report. */
import { orBlank, organizationOf, originOf, sealOf, type Template } from './template.ts'

export const supervisionOrder: Template = {
  kind: 'supervision-order',
  title: '督办通知书',
  reads: {
    supervision: ['requirement', 'dueOn', 'level'],
    rectification: ['problemText', 'inspectionRound', 'sourcePage', 'list', 'leader', 'cooperatingUnits'],
    hazard: ['grade', 'theme', 'responsibleDepartment', 'dueOn'],
  },
  forOwner: 'none',
  build(data, read) {
    const issuer = organizationOf(data, 'overseer')
    const handler = organizationOf(data, 'handler')
    const [problem, requirement] = contents(data.def.id, read.text)
    const due = data.def.id === 'rectification' ? '' : read.text('dueOn')
    return {
      letterhead: issuer === '' ? null : issuer,
      title: `关于“${data.matter.title}”的${data.def.id === 'supervision' ? '督办' : '交办'}通知`,
      number: null,
      recipient: orBlank(handler, 8),
      blocks: [
        {
          kind: 'paragraph',
          text: `现将“${data.matter.title}”（编号 ${data.matter.number}，来源：${data.matter.source}）交你单位办理。有关要求通知如下：`,
        },
        { kind: 'heading', level: 1, text: '一、问题' },
        { kind: 'paragraph', text: orBlank(problem || data.problem?.detail || '', 40) },
        { kind: 'heading', level: 1, text: '二、办理要求' },
        { kind: 'paragraph', text: orBlank(requirement, 40) },
        { kind: 'heading', level: 1, text: '三、办理时限' },
        {
          kind: 'paragraph',
          text: due === '' ? '按批准的方案所列时限。' : `请于${due}前办结，并书面报送办理结果和佐证材料。`,
        },
        { kind: 'heading', level: 1, text: '四、验收' },
        {
          kind: 'paragraph',
          text: `由${orBlank(organizationOf(data, 'acceptor', 'overseer'), 8)}验收（核实）。验收单位不得是责任单位；整改前后照片应带拍摄时间和位置。`,
        },
        sealOf(issuer, data),
      ],
      origin: originOf(data),
    }
  },
}

/** The problem and what is asked, as the workflow keeps them. */
function contents(workflow: string, text: (id: string) => string): [problem: string, requirement: string] {
  if (workflow === 'rectification') {
    const place = [text('inspectionRound'), text('sourcePage')].filter((part) => part !== '').join('，')
    const units = [
      text('leader') === '' ? '' : `包抓领导：${text('leader')}。`,
      text('cooperatingUnits') === '' ? '' : `配合单位：${text('cooperatingUnits')}。`,
    ].join('')
    return [
      `${text('problemText')}${place === '' ? '' : `（${place}）`}`,
      `请制定整改方案，逐项明确责任单位、整改目标、整改时限、主要措施和验收单位，报经批准后实施，按月报送进展。${units}`,
    ]
  }
  if (workflow === 'hazard')
    return [
      '',
      `隐患等级：${text('grade')}；隐患类别：${text('theme')}。请立即采取防范措施，制定治理方案并组织实施。${
        text('responsibleDepartment') === '' ? '' : `抄送：${text('responsibleDepartment')}。`
      }`,
    ]
  return ['', `${text('requirement')}${text('level') === '' ? '' : `（${text('level')}）`}`]
}
