/**
 * Key work of the year (年度重点任务): the four groups of the annual speech, each sentence with a verb as a task with an
 * owner and a target for every quarter.
 */
import type { StoryMatter, StoryStep } from './story.ts'
import { dayBefore } from './story.ts'

type Group = 'green' | 'pollution' | 'ecology' | 'red-line'

interface Task {
  readonly group: Group
  readonly measure: string
  readonly sentence: string
  readonly indicator: string
  readonly handler: 'bureau' | 'jinhe' | 'shiling' | 'hechuan' | 'housing' | 'land'
  readonly by: string
  readonly quarters: readonly [string, string, string, string]
  /** progress at the end of each quarter when all goes as it did */
  readonly progress: readonly [number, number, number, number]
}

const task = (
  group: Group,
  measure: string,
  sentence: string,
  indicator: string,
  handler: Task['handler'],
  by: string,
  quarters: Task['quarters'],
  progress: Task['progress'],
): Task => ({ group, measure, sentence, indicator, handler, by, quarters, progress })

const tasks: readonly Task[] = [
  task(
    'green',
    '分区管控成果动态更新与应用',
    '强化“三线一单”环境分区管控，坚决遏制“两高一低”项目盲目发展。',
    '管控单元更新 1 次，新建项目研判率 100%',
    'bureau',
    'wuran',
    ['完成年度更新方案', '完成县区意见征集', '报省备案', '发布更新成果'],
    [25, 55, 80, 100],
  ),
  task(
    'green',
    '“两高一低”项目清单管理',
    '坚决遏制“两高一低”项目盲目发展。',
    '清单季度更新，新增项目手续核查率 100%',
    'bureau',
    'wuran',
    ['建立清单', '更新清单', '更新清单', '更新清单、年度总结'],
    [25, 50, 75, 100],
  ),
  task(
    'green',
    '传统产业升级改造（金河冶金园区）',
    '加快传统产业转型升级，培育壮大绿色环保产业，助力经济高质量发展。',
    '完成 3 个改造项目',
    'jinhe',
    'jinhe',
    ['3 个项目开工', '完成 1 个', '完成 2 个', '完成 3 个'],
    [15, 40, 60, 100],
  ),
  task(
    'green',
    '重点企业碳排放核查',
    '深入落实“双碳”战略，加快推动产业结构、能源结构、交通运输结构等调整优化。',
    '核查重点企业 8 家',
    'bureau',
    'wuran',
    ['下达名单', '核查 3 家', '核查 6 家', '核查 8 家'],
    [20, 40, 75, 100],
  ),
  task(
    'pollution',
    '重污染天气应急减排清单修订',
    '持续深入打好蓝天、碧水、净土保卫战，开展新污染物治理。',
    '清单企业覆盖率 100%',
    'bureau',
    'wuran',
    ['启动修订', '企业填报', '现场核实', '发布清单'],
    [25, 50, 75, 100],
  ),
  task(
    'pollution',
    '城市扬尘综合整治',
    '持续深入打好蓝天、碧水、净土保卫战。',
    '工地“六个百分百”达标率 95%',
    'housing',
    'zhujian',
    ['排查工地 60 处', '达标率 85%', '达标率 90%', '达标率 95%'],
    [25, 45, 60, 90],
  ),
  task(
    'pollution',
    '祁水入河排污口整治',
    '统筹水资源、水环境、水生态治理。',
    '整治排污口 12 个',
    'bureau',
    'wuran',
    ['溯源 12 个', '整治 4 个', '整治 8 个', '整治 12 个'],
    [25, 50, 70, 100],
  ),
  task(
    'pollution',
    '禾川县城污水处理厂扩建',
    '提升环境基础设施建设水平。',
    '新增处理能力 1 万吨/日',
    'hechuan',
    'hechuan',
    ['完成招标', '主体开工', '主体完工', '通水试运行'],
    [20, 35, 45, 80],
  ),
  task(
    'pollution',
    '土壤污染重点监管单位隐患排查',
    '加强土壤污染源头防控。',
    '排查重点单位 9 家',
    'shiling',
    'shiling',
    ['下达任务', '排查 4 家', '排查 7 家', '排查 9 家'],
    [20, 50, 80, 100],
  ),
  task(
    'pollution',
    '新污染物环境信息调查',
    '开展新污染物治理。',
    '调查重点行业企业 20 家',
    'bureau',
    'wuran',
    ['制定方案', '调查 8 家', '调查 15 家', '调查 20 家'],
    [20, 45, 75, 100],
  ),
  task(
    'pollution',
    '畜禽粪污资源化利用',
    '扎实开展工业、农业、生活等重点领域污染防治。',
    '规模场设施配套率 97%',
    'hechuan',
    'hechuan',
    ['摸底', '配套率 93%', '配套率 95%', '配套率 97%'],
    [25, 50, 75, 100],
  ),
  task(
    'pollution',
    '主要污染物总量减排',
    '严格执行主要污染物总量减排制度和排污许可工作制度。',
    '四项指标完成省上下达任务',
    'bureau',
    'wuran',
    ['下达项目', '完成 40%', '完成 70%', '完成 100%'],
    [20, 45, 72, 100],
  ),
  task(
    'pollution',
    '排污许可证质量复核',
    '严格执行主要污染物总量减排制度和排污许可工作制度。',
    '复核重点管理许可证 38 份',
    'bureau',
    'wuran',
    ['复核 10 份', '复核 20 份', '复核 30 份', '复核 38 份'],
    [26, 53, 79, 100],
  ),
  task(
    'pollution',
    '县区执法能力提升',
    '不断提升环境治理体系和治理能力现代化水平。',
    '执法人员轮训率 100%',
    'bureau',
    'zhidui',
    ['制定轮训计划', '轮训 40%', '轮训 80%', '轮训 100%'],
    [25, 45, 80, 100],
  ),
  task(
    'ecology',
    '矿山生态修复监管',
    '坚持对山水林田湖草沙冰进行一体化保护和系统治理，加大自然生态保护和监管力度。',
    '巡查矿山 18 处，问题整改率 100%',
    'land',
    'ziran',
    ['建立台账', '巡查 6 处', '巡查 12 处', '巡查 18 处'],
    [25, 40, 55, 85],
  ),
  task(
    'ecology',
    '生物多样性本底调查',
    '落实国家生物多样性保护重大工程，不断提升我市生物多样性保护水平。',
    '调查样线 40 条',
    'bureau',
    'jiance',
    ['制定方案', '样线 15 条', '样线 32 条', '样线 40 条、报告'],
    [20, 45, 80, 100],
  ),
  task(
    'ecology',
    '流域横向生态补偿',
    '协调推进生态补偿机制建设。',
    '三县区签订协议、完成核算',
    'bureau',
    'jiance',
    ['协议续签', '上半年核算', '三季度核算', '年度清算'],
    [25, 50, 75, 100],
  ),
  task(
    'ecology',
    '“无废城市”建设',
    '积极开展生态文明建设示范市和“无废城市”创建。',
    '指标达标率 85%',
    'bureau',
    'wuran',
    ['指标自评', '达标率 70%', '达标率 78%', '达标率 85%'],
    [25, 50, 70, 95],
  ),
  task(
    'ecology',
    '督察反馈问题整改',
    '持续抓好各类生态环境问题整改，并适时开展“回头看”。',
    '年度整改任务完成率 100%',
    'bureau',
    'zhenggai',
    ['整改方案报批', '序时进度达标', '完成 8 项', '完成年度任务'],
    [25, 50, 75, 95],
  ),
  task(
    'red-line',
    '生态保护红线人类活动核查',
    '持续在重点区域保护、重点任务落实、重点问题整治上下功夫，坚决防止重大生态破坏问题发生。',
    '图斑核查率 100%',
    'land',
    'ziran',
    ['下发图斑', '核查 50%', '核查 100%', '整改销号'],
    [25, 50, 90, 100],
  ),
  task(
    'red-line',
    '祁水流域环境风险排查',
    '深入细致开展重点区域流域环境风险排查防控，构建全过程生态环境风险防控体系。',
    '排查风险源 40 处',
    'bureau',
    'zhenggai',
    ['清单建立', '排查 20 处', '排查 40 处', '隐患闭环'],
    [25, 50, 80, 100],
  ),
  task(
    'red-line',
    '尾矿库风险隐患治理',
    '深入细致开展重点区域流域环境风险排查防控。',
    '6 座尾矿库评分与整改',
    'shiling',
    'shiling',
    ['汛前排查', '问题整改', '复查评分', '年度报告'],
    [25, 55, 80, 100],
  ),
  task(
    'red-line',
    '重点环保设施安全隐患排查治理',
    '按职责协调推进环保设备设施安全生产工作。',
    '重大隐患治理率 100%',
    'bureau',
    'zhidui',
    ['部署', '排查', '治理', '回头看'],
    [25, 50, 75, 100],
  ),
  task(
    'red-line',
    '突发环境事件应急演练',
    '提升环境应急处置能力建设水平，有效防控生态环境安全风险。',
    '市级演练 2 次、县区各 1 次',
    'bureau',
    'zhidui',
    ['演练计划', '县区演练', '市级演练 1 次', '市级演练 2 次、评估'],
    [20, 50, 75, 100],
  ),
]

const quarterEnds = ['-03-31', '-06-30', '-09-30', '-12-31'] as const

/** Two tasks fell behind; the board shows why. */
const difficulties: Readonly<Record<string, string>> = {
  城市扬尘综合整治: '三季度集中开工，部分工地围挡、喷淋不到位，达标率低于序时。',
  禾川县城污水处理厂扩建: '专项债资金到位晚，冬季施工受限。',
}

/** The board of the running year as of `nowMs`: quarters that are over have been reported. */
export function taskStories(nowMs: number): StoryMatter[] {
  const year = Number(dayBefore(nowMs, 0).slice(0, 4))
  const daysAgo = (day: string) =>
    Math.round((Date.parse(dayBefore(nowMs, 0)) - Date.parse(day)) / 86_400_000)
  const opened = daysAgo(`${year}-01-18`)
  return tasks.map((one): StoryMatter => {
    const reported = quarterEnds.filter((end) => daysAgo(`${year}${end}`) >= 8).length
    const steps: StoryStep[] = []
    if (opened > 14) {
      steps.push({
        transition: 'split',
        daysAgo: opened - 12,
        by: one.by,
        fields: {
          ...Object.fromEntries(one.quarters.map((target, i) => [`q${i + 1}Target`, target])),
          dueOn: `${year}-12-31`,
        },
      })
    }
    for (let q = 0; q < reported; q++) {
      steps.push({
        transition: `report-q${q + 1}`,
        daysAgo: daysAgo(`${year}${quarterEnds[q]}`) - 5,
        by: one.by,
        fields: {
          [`q${q + 1}Progress`]: one.progress[q],
          [`q${q + 1}Done`]: `${one.quarters[q]}，完成进度 ${one.progress[q]}%。`,
          ...(difficulties[one.measure] !== undefined &&
            q >= 2 && { difficulties: difficulties[one.measure] }),
        },
        evidence: [{ demand: `q${q + 1}`, kind: 'document', title: `${one.measure}第${q + 1}季度进展报告` }],
      })
    }
    return {
      workflow: 'key-task',
      title: one.measure,
      regionCode: regionOf[one.handler],
      openedDaysAgo: Math.max(opened, 0),
      openedBy: 'zhenggai',
      parties: {
        overseer: 'bureau',
        handler: one.handler,
        acceptor: one.handler === 'bureau' ? 'government' : 'bureau',
      },
      fields: {
        year,
        group: one.group,
        measure: one.measure,
        sentence: one.sentence,
        indicator: one.indicator,
      },
      steps,
    }
  })
}

const regionOf = {
  bureau: 629000,
  jinhe: 629001,
  shiling: 629002,
  hechuan: 629021,
  housing: 629000,
  land: 629000,
} as const
