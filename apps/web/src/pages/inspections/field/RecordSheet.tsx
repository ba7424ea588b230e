import {
  answerVerdictTitles,
  type ChecklistItem,
  type RecordField,
  recordFieldNames,
  recordFields,
  type SignatureRole,
  signatureRoles,
  signatureRoleTitles,
} from '@shanshui/contract'
import { fullTime } from '../../../format/time.ts'
import { answerOf, entriesOf, type FieldView, recordOf } from './fieldView.ts'
import css from './record.module.css'
import { useField } from './useField.tsx'

const block: readonly RecordField[] = ['rights', 'facts', 'party-opinion', 'attachments']

/**
 * The record as it is printed on A4 on the spot: what stands on the phone at this moment. Chinese whatever the language
 * of the screen, since it is an official document.
 */
export function RecordSheet({ view, items }: { view: FieldView; items: readonly ChecklistItem[] }) {
  const { kept } = useField()
  const { task } = view
  const plain = recordFieldNames.filter((field) => !block.includes(field))
  const officers = entriesOf(view, 'certificate').flatMap(({ value }) =>
    Array.isArray(value.officers) ? (value.officers as { userId: number; certificate: string }[]) : [],
  )
  const numbers = new Map(officers.map((one) => [one.userId, one.certificate]))
  const refusal = view.entries.get('refusal')?.value
  const samples = entriesOf(view, 'sample')
  const photos = entriesOf(view, 'photo')
  return (
    <article className={css.sheet} lang="zh-CN">
      <h2 className={css.title}>现场检查（勘察）笔录</h2>
      <p className={css.number}>任务编号：{task.number}</p>
      <dl className={css.lines}>
        <dt>被检查单位</dt>
        <dd>
          {task.enterprise?.name ?? task.title}
          {task.enterprise?.creditCode != null && `（统一社会信用代码 ${task.enterprise.creditCode}）`}
        </dd>
        <dt>检查人员</dt>
        <dd>
          {task.officers
            .map(({ userId, name, certificate }) => {
              const number = numbers.get(userId) ?? certificate
              return number == null ? name : `${name}（执法证件号 ${number}）`
            })
            .join('、')}
        </dd>
        {plain.map((field) => (
          <Line key={field} title={recordFields[field].zh} text={recordOf(view, field)} />
        ))}
      </dl>
      {block.map((field) => (
        <section key={field}>
          <h3>{recordFields[field].zh}</h3>
          <p className={css.text}>{recordOf(view, field) || '　'}</p>
        </section>
      ))}
      <section>
        <h3>检查项目</h3>
        <table className={css.table}>
          <thead>
            <tr>
              <th>序号</th>
              <th>检查内容</th>
              <th>结论</th>
              <th>说明</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item, index) => {
              const answer = answerOf(view, item.id)
              return (
                <tr key={item.id}>
                  <td>{index + 1}</td>
                  <td>{item.question}</td>
                  <td>{answer === undefined ? '—' : answerVerdictTitles[answer.verdict].zh}</td>
                  <td>{answer?.note ?? ''}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      {samples.length > 0 && (
        <section>
          <h3>采样</h3>
          {samples.map(({ key, value, at }) => (
            <p key={key}>
              {String(value.point)}，{String(value.kind)}，{String(value.amount)}，{String(value.container)}
              ，封样编号 {String(value.seal)}，{fullTime(at)}
            </p>
          ))}
        </section>
      )}
      {photos.length > 0 && <p>现场照片、录像、录音共 {photos.length} 份，以 SHA-256 校验。</p>}
      <section className={css.signatures}>
        {signatureRoles.map((role) => (
          <Signature key={role} view={view} role={role} />
        ))}
      </section>
      {refusal !== undefined && (
        <p>
          被检查人拒绝签名，理由：{String(refusal.reason)}。见证人：{String(refusal.witness)}
          {refusal.witnessUnit === undefined ? '' : `（${String(refusal.witnessUnit)}）`}。
        </p>
      )}
      <p className={css.foot}>
        {kept == null ? '' : `现场记录版本 ${view.version}；任务包 ${kept.pack.revision.slice(0, 8)}；`}
        打印时间 {fullTime(Date.now())}
      </p>
    </article>
  )
}

function Line({ title, text }: { title: string; text: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{text || '　'}</dd>
    </>
  )
}

function Signature({ view, role }: { view: FieldView; role: SignatureRole }) {
  const value = view.entries.get(`signature:${role}`)?.value
  if (value === undefined && (role === 'witness' || role === 'recorder')) return null
  return (
    <div>
      <span>{signatureRoleTitles[role].zh}：</span>
      {typeof value?.png === 'string' && (
        <img src={`data:image/png;base64,${value.png}`} alt={String(value.name ?? '')} />
      )}
      <span>{value === undefined ? '' : String(value.name ?? '')}</span>
    </div>
  )
}
