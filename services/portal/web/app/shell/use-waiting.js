// How many conversations wait for the agency.
import { useEffect, useState } from '../../lib/ui.js'
import { useWait } from '../../lib/use-wait.js'
import { get } from '../lib/api.js'
import { useLive } from '../lib/live.js'
import { useReturn } from '../lib/session.js'

export function useWaiting() {
  const [count, setCount] = useState(0)
  // Unknown is as good as none here: the inbox itself says when it cannot be asked.
  const look = () => get('/api/threads/waiting').then(({ agency }) => setCount(agency), () => {})
  const lookSoon = useWait(look)
  useEffect(() => {
    look()
  }, [])
  useReturn(look)
  useLive(['message.created', 'project.deleted'], lookSoon)
  return count
}
