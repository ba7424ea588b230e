/** 整改验收销号表: goals against what was reached, by people other than those who remedied. */
import {
  evidenceBlocks,
  opinion,
  organizationOf,
  originOf,
  pictureBlocks,
  rowsOf,
  sealHere,
  type Template,
  tablesOf,
} from './template.ts'

export const acceptanceSheet: Template = {
  kind: 'acceptance-sheet',
  title: '整改验收销号表',
  reads: {
    rectification: [
      'problemText',
      'responsibleUnit',
      'acceptanceUnit',
      'dueOn',
      'acceptedOn',
      'measures',
      'result',
      'goalResults',
      'dataFrom',
      'dataTo',
      'sourceRemoved',
      'paperOnly',
      'checkFinding',
      'repeatComplaints',
      'noticePlace',
      'objections',
      'acceptanceText',
      'acceptors',
    ],
    supervision: ['requirement', 'dueOn', 'level', 'result', 'finding', 'checkers'],
    hazard: ['grade', 'theme', 'dueOn', 'checkedOn', 'measures', 'result', 'checkers'],
    'mine-closure': [
      'order',
      'closeBy',
      'stoppedOn',
      'checkedOn',
      'residualChemicals',
      'wasteManifests',
      'poolsEmptied',
      'aditsSealed',
      'wasteRockDrainage',
      'mineWater',
      'surveyResult',
      'keptWells',
      'managedBy',
      'landUseChange',
      'checkers',
    ],
  },
  forOwner: 'signed',
  build(data, read) {
    return {
      letterhead: null,
      title: data.def.id === 'rectification' ? this.title : `${data.def.title.zh}验收（核查）销号表`,
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
            { cells: [{ label: '事项名称', value: data.matter.title }] },
            {
              cells: [
                { label: '整改对象', value: data.subject?.name ?? data.matter.regionName },
                { label: '责任单位', value: organizationOf(data, 'handler') },
              ],
            },
            ...rowsOf(read.listed, read),
          ],
        },
        ...tablesOf(read.listed, read),
        ...evidenceBlocks(data),
        {
          kind: 'form',
          rows: [
            opinion('责任单位\n自查意见', 3, sealHere),
            opinion('验收人员\n意见（不少\n于两人）', 3),
            opinion('验收单位\n意见', 3, sealHere),
            opinion('销号审批\n意见', 3, sealHere),
          ],
        },
        ...pictureBlocks(data),
      ],
      origin: originOf(data),
    }
  },
}
