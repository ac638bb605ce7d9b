import { type Centimes, euros, formatEuros, sum } from '#socle/argent.ts'
import { formatJour, type Jour } from '#socle/dates.ts'
import { type NormePdf, renderTypst } from '#socle/documents/typst.ts'
import { GENRES_VERSION, SECTIONS, SENS, type Version } from '../contract.ts'

const GABARIT = new URL('./version.typ', import.meta.url)

/** What is printed: the version as it was read, its body, the day of the document. */
export type VersionImprimable = { version: Version; organisme: string; date: Jour }

const total = (lignes: readonly { montant: string }[]) => sum(lignes.map((l) => euros(l.montant)))
const ordonner = <T extends { chapitre: string; nature: string }>(a: T, b: T) =>
  a.chapitre.localeCompare(b.chapitre) || a.nature.localeCompare(b.nature)

/** The document in its French form: the balance, then each section and sense, chapter by chapter. */
export function vueDocument({ version: v, organisme, date }: VersionImprimable) {
  const r = v.version
  const cotes = (['F', 'I'] as const).flatMap((section) =>
    (['D', 'R'] as const).map((sens) => ({
      section,
      sens,
      lignes: v.lignes.filter((l) => l.section === section && l.sens === sens),
    })),
  )
  return {
    titre: `${r.nom} ${v.exercice.annee}`,
    genre: GENRES_VERSION[r.genre],
    auteur: organisme,
    date,
    budget: `${v.budget.libelle} (${v.exercice.planLibelle})`,
    vote:
      r.etat === 'vote'
        ? `Voté le ${formatJour(r.deliberationDate!)}${r.deliberationNumero ? `, délibération n° ${r.deliberationNumero}` : ''}.`
        : 'Projet, non voté.',
    niveaux: `Vote par ${v.exercice.voteSelon} ; fonctionnement au niveau ${duNiveau(v.exercice.niveauF)}, investissement au niveau ${duNiveau(v.exercice.niveauI)}.${
      v.exercice.articlesSpecialises.length > 0
        ? ` Articles spécialisés : ${v.exercice.articlesSpecialises.join(', ')}.`
        : ''
    }`,
    equilibre: (['F', 'I'] as const).map((s) => ({
      section: SECTIONS[s],
      depenses: formatEuros(v.equilibre[s].depenses),
      recettes: formatEuros(v.equilibre[s].recettes),
      ecart: formatEuros(v.equilibre[s].ecart),
    })),
    parties: cotes
      .filter((c) => c.lignes.length > 0)
      .map((c) => ({
        titre: `${SECTIONS[c.section]} : ${SENS[c.sens].toLowerCase()}`,
        total: formatEuros(total(c.lignes)),
        chapitres: [...Map.groupBy([...c.lignes].sort(ordonner), (l) => l.chapitre)].map(([code, lignes]) => ({
          code,
          libelle: lignes[0]!.chapitreLibelle,
          total: formatEuros(total(lignes)),
          precedent: formatEuros(sum(lignes.map((l) => euros(l.precedent)))),
          lignes: lignes.map((l) => ({
            nature: [l.nature, l.fonction && `f. ${l.fonction}`, l.operation && `op. ${l.operation}`]
              .filter(Boolean)
              .join(' '),
            libelle: l.libelle,
            precedent: formatEuros(l.precedent),
            dejaVote: formatEuros(l.dejaVote),
            montant: formatEuros(l.montant),
            apres: formatEuros((euros(l.dejaVote) + euros(l.montant)) as Centimes),
          })),
        })),
      })),
    modifie: r.genre !== 'BP' && r.genre !== 'provisoire',
  }
}
const duNiveau = (n: 'chapitre' | 'article') => (n === 'article' ? 'de l’article' : 'du chapitre')

/** The document joined to the délibération, as PDF/A-2b. Pure: same model, same bytes. */
export const renderVersion = (m: VersionImprimable, norme: NormePdf = 'a-2b'): Uint8Array =>
  renderTypst(GABARIT, vueDocument(m), norme)
