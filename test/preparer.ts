import { prepareBaseDEssai } from '../src/socle/db/essai.ts'

/** Runs once before the suite. */
export default prepareBaseDEssai
