export { type DonneesDuMois, toSituation } from './domain/situation.ts'
