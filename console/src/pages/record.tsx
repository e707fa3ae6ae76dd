import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { recordQuery } from '../api/queries.ts'
import type { ApiRecord, ObjectType } from '../api/types.ts'
import { wordsOf } from '../format/words.ts'
import { ApiAnswer } from '../view/api_answer.tsx'
import { AttributeList } from '../view/attribute_list.tsx'
import { Linked } from '../view/linked.tsx'
import { ListView } from '../view/list_view.tsx'
import { Page } from '../view/page.tsx'
import { RecordMarks } from '../view/record_head.tsx'
import { nameOf } from '../view/record_name.ts'
import { Tabs } from '../view/tabs.tsx'
import { useAddress } from '../view/use_filters.ts'
import { useModel, useType } from '../view/use_model.ts'

const tabs = [
  { name: 'attributes', title: 'Attributes' },
  { name: 'api', title: 'As the API returns it' },
] as const

/** Any record: what it holds, where each value came from, what it is linked with. */
export function RecordPage() {
  const { object = '', id = '' } = useParams({ strict: false })
  return <RecordView key={id} type={useType(object)} id={id} />
}

function RecordView({ type, id }: { type: ObjectType; id: string }) {
  const path = `/v2/${type.plural}/${encodeURIComponent(id)}`
  const { data: record } = useSuspenseQuery(recordQuery(path))
  const { tab = 'attributes' } = useAddress()
  return (
    <Page title={`${wordsOf(type.name)} ${nameOf(record)}`} marks={<RecordMarks record={record} />}>
      <Tabs tabs={tabs} current={tab} />
      {tab === 'api' ? (
        <ApiAnswer path={path} answer={record} />
      ) : (
        <>
          <Linked type={type} record={record} />
          <AttributeList type={type} record={record} />
          <Lists type={type} record={record} />
        </>
      )}
    </Page>
  )
}

/** The lists whose ids the record holds. */
function Lists({ type, record }: { type: ObjectType; record: ApiRecord }) {
  const model = useModel()
  const lists = type.attributes.filter((one) => one.type === 'list')
  return lists.map(({ name, expandable }) => {
    const of = model.find((one) => one.name === expandable[0])
    const list = record[name]
    if (!of || typeof list !== 'string') return null
    return (
      <section key={name}>
        <h2>{wordsOf(name)}</h2>
        <ListView
          type={of}
          path={`/v2/${of.plural}/${encodeURIComponent(list)}`}
          empty={{ title: 'None.' }}
        />
      </section>
    )
  })
}
