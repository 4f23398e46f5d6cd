// What a form is refused for, by field; whoever has pressed its button is taken to the first field to put right.
import { useEffect, useRef, useState } from './ui.js'

export function useComplaints() {
  const form = useRef(null)
  const [complaints, setComplaints] = useState({})
  useEffect(() => {
    form.current?.querySelector('[aria-invalid="true"]')?.focus()
  }, [complaints])
  return { form, complaints, setComplaints }
}
