import { setMessagesZod } from '#socle/messages-zod.ts'
import { Refus } from '#socle/refus.ts'
import { runCommande } from './commandes/index.ts'

// The lock of the data folder is Node's own SQLite, which is still announced as experimental.
process.removeAllListeners('warning')
process.on('warning', (w) => {
  if (w.name !== 'ExperimentalWarning') console.warn(w)
})

setMessagesZod()
try {
  process.exitCode = await runCommande(process.argv.slice(2), process.env)
} catch (e) {
  if (!(e instanceof Refus)) throw e
  console.error(e.message)
  process.exitCode = 2
}
