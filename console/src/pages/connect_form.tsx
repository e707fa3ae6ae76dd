import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { partnersQuery } from '../api/queries.ts'
import { send } from '../api/request.ts'
import type { CredentialField } from '../api/types.ts'
import { wordsOf } from '../format/words.ts'
import { ProblemNote } from '../view/problem.tsx'
import { OuterLink } from '../view/value.tsx'

type Credential = { readonly [field: string]: string }

/** Connects an account with a key: the partner says which parts its credential has. */
export function ConnectForm({ ledgerAccountId }: { ledgerAccountId: string }) {
  const { data } = useQuery(partnersQuery)
  const partners = data?.data ?? []
  const [name, setName] = useState('')
  const [credential, setCredential] = useState<Credential>({})
  const client = useQueryClient()
  const partner = partners.find((one) => one.name === name)
  const connecting = useMutation({
    mutationFn: () =>
      send('POST', '/v2/partner_account_connections', {
        ledgerAccountId,
        partnerSource: name,
        credential: Object.fromEntries(
          Object.entries(credential).filter(([, text]) => text !== ''),
        ),
      }),
    onSuccess() {
      setName('')
      setCredential({})
      return client.invalidateQueries({ queryKey: ['answer'] })
    },
  })
  const connect = (event: FormEvent) => {
    event.preventDefault()
    connecting.mutate()
  }
  return (
    <details className="inline-form">
      <summary>Connect with a key</summary>
      <form onSubmit={connect}>
        <label>
          Partner
          <select required value={name} onChange={(event) => setName(event.target.value)}>
            <option value="">Choose …</option>
            {partners.map((one) => (
              <option key={one.name} value={one.name}>
                {one.title}
              </option>
            ))}
          </select>
        </label>
        {partner?.credential.map((field) => (
          <Field
            key={field.name}
            field={field}
            value={credential[field.name] ?? ''}
            onChange={(text) => setCredential({ ...credential, [field.name]: text })}
          />
        ))}
        {partner && (
          <p className="small">
            Its API is described at <OuterLink url={partner.docs} />. Deletions: {partner.deletions}
          </p>
        )}
        <button type="submit" disabled={!partner || connecting.isPending}>
          {connecting.isPending ? 'Asking the partner …' : 'Connect'}
        </button>
        {connecting.error && <ProblemNote error={connecting.error} />}
      </form>
    </details>
  )
}

interface FieldProps {
  readonly field: CredentialField
  readonly value: string
  readonly onChange: (text: string) => void
}

function Field({
  field: { name, description, secret, optional, example },
  value,
  onChange,
}: FieldProps) {
  return (
    <label>
      {wordsOf(name)}
      <input
        type={secret ? 'password' : 'text'}
        autoComplete="off"
        spellCheck={false}
        required={!optional}
        placeholder={example}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <span className="small">{description}</span>
    </label>
  )
}
