import { Button } from 'antd'
import { useRef } from 'react'

interface Props {
  readonly label: string
  readonly hint?: string
  readonly accept: string
  readonly busy: boolean
  /** The one action that its part of the page is for. */
  readonly primary?: boolean
  readonly onFile: (file: File) => void
}

/** A button that asks for one file. */
export function FileButton({ label, hint, accept, busy, primary = false, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        size={primary ? 'middle' : 'small'}
        type={primary ? 'primary' : 'default'}
        title={hint}
        loading={busy}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        className="visually-hidden"
        aria-label={label}
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file !== undefined) onFile(file)
        }}
      />
    </>
  )
}
