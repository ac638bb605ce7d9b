export { toSituation } from './domain/situation.ts'
