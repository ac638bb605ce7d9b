export { apprenti } from './apprenti.ts'
export { cee } from './cee.ts'
export { pec } from './pec.ts'
export { salarie } from './salarie.ts'
